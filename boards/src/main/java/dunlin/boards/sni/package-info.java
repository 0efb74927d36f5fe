/**
 * The node for MicroEJ: its class files, in which every method of a kernel that has work to do is a
 * native, and the C that those natives are (Simple Native Interface, SNI).
 */
package dunlin.boards.sni;
