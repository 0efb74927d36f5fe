/**
 * The serial bootloader in the ROM of an STM32, emulated: the other side of what programs a board
 * over a UART. It follows ST's application notes AN3155 (the protocol) and AN2606 (the chips).
 */
package dunlin.boards.bootloader;
