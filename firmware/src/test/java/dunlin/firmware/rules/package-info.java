/** The rules of board Java (DESIGN.md, 3), enforced on compiled classes. */
package dunlin.firmware.rules;
