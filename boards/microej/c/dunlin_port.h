/*
 * Between the natives of a managed node and a board: what the board is, what it does, and what it
 * tells. dunlin_config.h, which is the board's, defines
 *
 *   DUNLIN_UARTS        UARTs; 0 is the console
 *   DUNLIN_SPIS         SPI ports
 *   DUNLIN_IMAGE_BYTES  bytes of flash that are there for an image
 *   DUNLIN_RAM_BYTES    bytes of the Java heap that an image may ask for
 *   DUNLIN_BOARD_TYPE   the type of board that images are for: 0x52fa, which is microej
 */
#pragma once
#include <sni.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "dunlin_config.h"

/* --- the board has these */

/* Where the image lies: words, little-endian. */
extern const int8_t *dunlin_image;

/* Words 0 to 2 of the chip's unique identifier. */
int32_t dunlin_uid(int32_t word);

/* Monotonic time. */
int64_t dunlin_nanoseconds(void);

/* Nothing that dunlin_received and its like interrupt runs between the two. */
void dunlin_lock(void);
void dunlin_unlock(void);

/* Opens a UART: 8 data bits, no parity, and an interrupt for each byte that comes. */
void dunlin_uart_open(int32_t uart);

/* There are bytes to be sent: dunlin_next has them. */
void dunlin_uart_send(int32_t uart);

/* Towards a child, this end is the master: chip select, and whether the child's ready line is high. */
void dunlin_spi_select(int32_t spi, bool low);
bool dunlin_spi_ready(int32_t spi);

/* Clocks bytes both ways; out may be NULL, and so may in. */
void dunlin_spi_clock(int32_t spi, const int8_t *out, int8_t *in, int32_t count);

/* Towards the parent, this end is the slave: opens the port, and an interrupt for chip select's edges. */
void dunlin_spi_open(int32_t spi);

/* This end's ready line. */
void dunlin_spi_offer(int32_t spi, bool high);

/* --- the board's interrupts call these */

/* A byte has come. */
void dunlin_received(int32_t uart, uint8_t byte);

/* The next byte to be sent; -1 where there is none. */
int32_t dunlin_next(int32_t uart);

/* A framing, noise or overrun error. */
void dunlin_error(int32_t uart);

/* A child's ready line went up. */
void dunlin_spi_rang(void);

/* The most bytes of a transfer, the header's included. */
#define DUNLIN_SPI_BYTES 276

/*
 * The parent has selected this end, and clocks after the gap (dunlin.hal.SpiTransfer): fills in what it
 * reads, DUNLIN_SPI_BYTES of which the last may be any.
 */
void dunlin_spi_selected(int32_t spi, int8_t *out);

/* The parent has let go after so many bytes. */
void dunlin_spi_released(int32_t spi, const int8_t *in, int32_t count);

/* --- natives use this: an array without elements stands for the image */
static inline int8_t *dunlin_elements(jbyte *array) {
    return array != NULL && SNI_getArrayLength(array) == 0 ? (int8_t *) dunlin_image : array;
}
