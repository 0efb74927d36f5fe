/** What an STM32H743 has around its core, by reference manual RM0433. Board Java. */
package dunlin.boards.stm32h7;
