/* The natives of dunlin.boards.microej: UARTs with queues, SPI transfers, settings, and sleep. */
#include "dunlin_port.h"
#include <string.h>

/* A window of three frames of 272 bytes comes without anybody looking. */
#define RECEIVE_QUEUE 1024
#define SEND_QUEUE 512
#define SPI_BYTES 272

/* One end puts, the other takes; full, one place stays empty. */
typedef struct { volatile uint32_t head, tail; uint32_t size; int8_t *bytes; } Ring;

typedef struct {
    Ring in, out;
    volatile int32_t errors;
    int32_t wanted, room; /* what the node sleeps for; 0 is nothing */
    bool framed;
    int8_t received[RECEIVE_QUEUE], sending[SEND_QUEUE];
} Uart;

static Uart uarts[DUNLIN_UARTS];
static volatile int32_t sleeper = SNI_ERROR; /* the thread that the node runs in, while it sleeps */

static uint32_t held(const Ring *ring) { return (ring->head + ring->size - ring->tail) % ring->size; }

static uint32_t room(const Ring *ring) { return ring->size - 1 - held(ring); }

static bool put(Ring *ring, int8_t byte) {
    if (room(ring) == 0) return false;
    ring->bytes[ring->head] = byte;
    ring->head = (ring->head + 1) % ring->size;
    return true;
}

static int8_t take(Ring *ring) {
    int8_t byte = ring->bytes[ring->tail];
    ring->tail = (ring->tail + 1) % ring->size;
    return byte;
}

static uint32_t peek(const Ring *ring, uint32_t index) {
    return (uint8_t) ring->bytes[(ring->tail + index) % ring->size];
}

/* --- sleep: dunlin.hal.Wake */

/* Bytes that a frame takes whose header is in: dunlin.hal.Framing. */
static uint32_t frame(const Ring *ring) {
    uint32_t length = peek(ring, 2) | peek(ring, 3) << 8;
    return length > 256 ? 0 : 12 + length + 4;
}

static bool served(const Uart *uart) {
    uint32_t in = held(&uart->in), wanted = (uint32_t) uart->wanted;
    if (uart->framed && wanted > 0 && in >= wanted && in >= 4 && in < frame(&uart->in)) wanted = frame(&uart->in);
    if (wanted > uart->in.size - 1) wanted = uart->in.size - 1;
    uint32_t space = (uint32_t) uart->room < uart->out.size - 1 ? (uint32_t) uart->room : uart->out.size - 1;
    return (uart->wanted > 0 && in >= wanted) || (uart->room > 0 && room(&uart->out) >= space);
}

static void wake(void) {
    int32_t thread = sleeper;
    sleeper = SNI_ERROR;
    if (thread != SNI_ERROR) SNI_resumeJavaThread(thread);
}

void Java_dunlin_boards_microej_MicroEjBoard_await(jint *receive, jint *transmit, jint framed, jlong nanos) {
    bool now = false;
    dunlin_lock();
    for (int32_t i = 0; i < DUNLIN_UARTS; i++) {
        uarts[i].wanted = receive[i];
        uarts[i].room = transmit[i];
        uarts[i].framed = framed >> i & 1;
        now = now || (uarts[i].in.size > 0 && served(&uarts[i]));
    }
    for (int32_t i = 0; i < DUNLIN_SPIS; i++) now = now || dunlin_spi_ready(i);
    if (!now) sleeper = SNI_getCurrentJavaThreadID();
    dunlin_unlock();
    /* What rings from here on is kept: a thread that is resumed first is not suspended. */
    if (!now) SNI_suspendCurrentJavaThread(nanos == INT64_MAX ? 0 : (nanos + 999999) / 1000000);
}

/* --- UARTs */

void dunlin_received(int32_t uart, uint8_t byte) {
    if (!put(&uarts[uart].in, (int8_t) byte)) uarts[uart].errors++;
    if (served(&uarts[uart])) wake();
}

int32_t dunlin_next(int32_t uart) {
    if (held(&uarts[uart].out) == 0) return -1;
    uint8_t byte = (uint8_t) take(&uarts[uart].out);
    if (served(&uarts[uart])) wake();
    return byte;
}

void dunlin_error(int32_t uart) { uarts[uart].errors++; }

static jint start(int32_t uart) {
    Uart *u = &uarts[uart];
    u->in = (Ring) {0, 0, RECEIVE_QUEUE, u->received};
    u->out = (Ring) {0, 0, SEND_QUEUE, u->sending};
    u->errors = 0;
    dunlin_uart_open(uart);
    return 0;
}

jint Java_dunlin_boards_microej_Uart_state(jint uart, jint question) {
    switch (question) {
        case 0: return start(uart);
        case 1: return (jint) held(&uarts[uart].in);
        case 2: return (jint) room(&uarts[uart].out);
        default: return uarts[uart].errors;
    }
}

jint Java_dunlin_boards_microej_Uart_receive(jint uart, jbyte *into, jint offset, jint max) {
    jint count = 0;
    while (count < max && held(&uarts[uart].in) > 0) into[offset + count++] = take(&uarts[uart].in);
    return count;
}

jint Java_dunlin_boards_microej_Uart_send(jint uart, jbyte *from, jint offset, jint count) {
    jint taken = 0;
    while (taken < count && put(&uarts[uart].out, from[offset + taken])) taken++;
    if (taken > 0) dunlin_uart_send(uart);
    return taken;
}

/* --- SPI: a transfer as dunlin.hal.SpiTransfer draws it */

void dunlin_spi_rang(void) { wake(); }

static void store(int8_t *at, uint32_t word) {
    for (int32_t i = 0; i < 4; i++) at[i] = (int8_t) (word >> 8 * i);
}

static uint32_t load(const int8_t *at) {
    uint32_t word = 0;
    for (int32_t i = 0; i < 4; i++) word |= (uint32_t) (uint8_t) at[i] << 8 * i;
    return word;
}

jint Java_dunlin_boards_microej_Spi_transfer(jint spi, jbyte *out, jint count, jbyte *in) {
    if (count == 0 && !dunlin_spi_ready(spi)) return -2;
    int8_t header[4], theirs[4];
    store(header, (uint32_t) count | ~(uint32_t) count << 16);
    dunlin_spi_select(spi, true);
    dunlin_spi_clock(spi, header, theirs, 4);
    uint32_t word = load(theirs);
    int32_t real = (int32_t) (word & 0xffff);
    bool good = word == ((uint32_t) real | ~(uint32_t) real << 16) && real <= SPI_BYTES;
    int32_t both = good && real < count ? real : good ? count : 0;
    dunlin_spi_clock(spi, out, in, both);
    if (count > both) dunlin_spi_clock(spi, out + both, NULL, count - both);
    if (good && real > both) dunlin_spi_clock(spi, NULL, in + both, real - both);
    dunlin_spi_select(spi, false);
    return good ? real : -1;
}

/* --- the board */

jint Java_dunlin_boards_microej_MicroEjBoard_setting(jint which) {
    switch (which) {
        case 0: return DUNLIN_UARTS;
        case 1: return DUNLIN_SPIS;
        case 2: return DUNLIN_IMAGE_BYTES;
        case 3: return DUNLIN_RAM_BYTES;
        case 4: return DUNLIN_BOARD_TYPE;
        default: return dunlin_uid(which - 5);
    }
}

jlong Java_dunlin_boards_microej_VeeClock_nanoseconds(void) { return dunlin_nanoseconds(); }

jint Java_dunlin_boards_microej_ImageInFlash_word(jint at) {
    jint word;
    memcpy(&word, dunlin_image + at, 4);
    return word;
}
