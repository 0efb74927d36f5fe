/* An example, for an STM32F405 of which MicroEJ and the application leave half of the flash. */
#pragma once
#define DUNLIN_UARTS 2
#define DUNLIN_SPIS 0
#define DUNLIN_IMAGE 0x08080000
#define DUNLIN_IMAGE_BYTES (512 * 1024)
#define DUNLIN_RAM_BYTES (128 * 1024)
#define DUNLIN_BOARD_TYPE 0x52fa /* microej */
#define DUNLIN_USARTS { 0x40011000, 0x40004400 } /* USART1, USART2 */
#define DUNLIN_USART_INTERRUPTS { 37, 38 }
#define DUNLIN_USART_V2 0
#define DUNLIN_UID 0x1FFF7A10
