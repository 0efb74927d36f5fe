/** Boards that QEMU emulates, and the wires between them. */
package dunlin.boards.qemu;
