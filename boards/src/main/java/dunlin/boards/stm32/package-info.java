/**
 * Peripherals that several families of STM32 have, a class for each generation. What differs
 * between families (addresses, clocks, the flash) is in a package of each. Board Java.
 */
package dunlin.boards.stm32;
