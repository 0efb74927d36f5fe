/**
 * Drivers of the STM32F4 family, a class for each peripheral (reference manual RM0090, STM32F405).
 * Board Java.
 */
package dunlin.boards.stm32f4;
