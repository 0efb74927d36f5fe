/** The rules of board Java (CONTRIBUTING.md), enforced on compiled classes. */
package dunlin.boards.rules;
