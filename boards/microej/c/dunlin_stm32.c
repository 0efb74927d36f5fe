/*
 * What dunlin_port.h asks of a board, for STM32s whose USARTs' clocks, pins and baud rates the BSP has
 * set up (STM32CubeMX does): by registers, so no vendor header is needed. dunlin_config.h adds
 *
 *   DUNLIN_IMAGE              where the image lies in flash, a multiple of four
 *   DUNLIN_USARTS             their base addresses, console first: { 0x40011000, 0x40004400 }
 *   DUNLIN_USART_INTERRUPTS   their numbers: { 37, 38 }
 *   DUNLIN_USART_V2           1 where a USART has RDR and TDR (F7, H7, L4), 0 where it has DR (F4)
 *   DUNLIN_UID                where the 96-bit identifier is: 0x1FFF7A10 (F4), 0x1FF1E800 (H7)
 *
 * Each USART's interrupt handler calls dunlin_usart(uart). SPI ports are the BSP's. Towards children it
 * has dunlin_spi_select, dunlin_spi_ready and dunlin_spi_clock, each a line over Cube's HAL_SPI; towards
 * a parent, dunlin_spi_open and dunlin_spi_offer, and a handler of chip select's edges that starts a DMA
 * of what dunlin_spi_selected has filled in, and stops it for dunlin_spi_released.
 */
#include "dunlin_port.h"

#define REGISTER(address) (*(volatile uint32_t *) (uintptr_t) (address))

/* Reference manuals RM0090, 30.6 and RM0433, 48.8: the same bits, elsewhere. */
#if DUNLIN_USART_V2
enum { CONTROL = 0x00, STATUS = 0x1C, CLEAR = 0x20, RECEIVED = 0x24, TRANSMIT = 0x28 };
#else
enum { STATUS = 0x00, RECEIVED = 0x04, TRANSMIT = 0x04, CONTROL = 0x0C };
#endif
enum { ERRORS = 0xF, NOT_EMPTY = 1 << 5, ROOM = 1 << 7 }; /* of STATUS; in CONTROL, their interrupts */

/* Armv7-M Architecture Reference Manual, B3.4. */
#define NVIC_ENABLE 0xE000E100

static const uint32_t usarts[DUNLIN_UARTS] = DUNLIN_USARTS;
static const uint32_t interrupts[DUNLIN_UARTS] = DUNLIN_USART_INTERRUPTS;
static uint32_t masked;

const int8_t *dunlin_image = (const int8_t *) DUNLIN_IMAGE;

int32_t dunlin_uid(int32_t word) { return (int32_t) REGISTER(DUNLIN_UID + 4 * word); }

/* The Core Engine's own monotonic time. */
int64_t LLMJVM_IMPL_getTimeNanos(void);
int64_t dunlin_nanoseconds(void) { return LLMJVM_IMPL_getTimeNanos(); }

void dunlin_lock(void) { __asm__ volatile("mrs %0, primask\n cpsid i" : "=r"(masked) :: "memory"); }
void dunlin_unlock(void) { __asm__ volatile("msr primask, %0" :: "r"(masked) : "memory"); }

void dunlin_uart_open(int32_t uart) {
    REGISTER(usarts[uart] + CONTROL) |= NOT_EMPTY;
    REGISTER(NVIC_ENABLE + 4 * (interrupts[uart] >> 5)) = 1u << (interrupts[uart] & 31);
}

void dunlin_uart_send(int32_t uart) {
    dunlin_lock();
    REGISTER(usarts[uart] + CONTROL) |= ROOM;
    dunlin_unlock();
}

/* A USART's interrupt handler. Its priority must be one at which the RTOS may be called. */
void dunlin_usart(int32_t uart) {
    uint32_t base = usarts[uart], status = REGISTER(base + STATUS);
    if (status & ERRORS) dunlin_error(uart);
#if DUNLIN_USART_V2
    REGISTER(base + CLEAR) = status & ERRORS;
#endif
    if (status & (NOT_EMPTY | ERRORS)) {
        uint8_t byte = (uint8_t) REGISTER(base + RECEIVED);
        if (status & NOT_EMPTY) dunlin_received(uart, byte);
    }
    if ((status & ROOM) && (REGISTER(base + CONTROL) & ROOM)) {
        int32_t next = dunlin_next(uart);
        if (next >= 0) REGISTER(base + TRANSMIT) = (uint32_t) next;
        else REGISTER(base + CONTROL) &= ~(uint32_t) ROOM;
    }
}
