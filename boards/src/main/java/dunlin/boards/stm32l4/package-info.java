/** What an STM32L476 has around its core, by reference manual RM0351. Board Java. */
package dunlin.boards.stm32l4;
