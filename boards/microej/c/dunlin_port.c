/* The natives of dunlin.boards.microej: ports with queues, SPI transfers, settings, and sleep. */
#include "dunlin_port.h"
#include <string.h>

/* A window of three frames of 272 bytes comes without anybody looking. */
#define RECEIVE_QUEUE 1024
#define SEND_QUEUE 512
#define SPI_HEADER 4
#define SPI_BYTES (DUNLIN_SPI_BYTES - SPI_HEADER)

/* One end puts, the other takes; full, one place stays empty. */
typedef struct { volatile uint32_t head, tail; uint32_t size; int8_t *bytes; } Ring;

typedef struct {
    Ring in, out;
    volatile int32_t errors;
    int32_t wanted, room; /* what the node sleeps for; 0 is nothing */
    bool framed;
    int8_t received[RECEIVE_QUEUE], sending[SEND_QUEUE];
} Port;

/* The UARTs, then the SPI ports; a master's is never opened here. */
#define PORTS (DUNLIN_UARTS + DUNLIN_SPIS)
static Port ports[PORTS];
static bool mastered[DUNLIN_SPIS + 1]; /* C has no empty arrays */
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

static bool opened(const Port *port) { return port->in.size > 0; }

static bool served(const Port *port) {
    uint32_t in = held(&port->in), wanted = (uint32_t) port->wanted;
    if (port->framed && wanted > 0 && in >= wanted && in >= 4 && in < frame(&port->in)) wanted = frame(&port->in);
    if (wanted > port->in.size - 1) wanted = port->in.size - 1;
    uint32_t space = (uint32_t) port->room < port->out.size - 1 ? (uint32_t) port->room : port->out.size - 1;
    return (port->wanted > 0 && in >= wanted) || (port->room > 0 && room(&port->out) >= space);
}

static void wake(void) {
    int32_t thread = sleeper;
    sleeper = SNI_ERROR;
    if (thread != SNI_ERROR) SNI_resumeJavaThread(thread);
}

void Java_dunlin_boards_microej_MicroEjBoard_await(jint *receive, jint *transmit, jint framed, jlong nanos) {
    bool now = false;
    dunlin_lock();
    for (int32_t i = 0; i < PORTS; i++) {
        ports[i].wanted = receive[i];
        ports[i].room = transmit[i];
        ports[i].framed = framed >> i & 1;
        now = now || (opened(&ports[i]) && served(&ports[i]));
    }
    for (int32_t i = 0; i < DUNLIN_SPIS; i++) now = now || (mastered[i] && dunlin_spi_ready(i));
    if (!now) sleeper = SNI_getCurrentJavaThreadID();
    dunlin_unlock();
    /* What rings from here on is kept: a thread that is resumed first is not suspended. */
    if (!now) SNI_suspendCurrentJavaThread(nanos == INT64_MAX ? 0 : (nanos + 999999) / 1000000);
}

/* --- ports with queues */

void dunlin_received(int32_t uart, uint8_t byte) {
    if (!put(&ports[uart].in, (int8_t) byte)) ports[uart].errors++;
    if (served(&ports[uart])) wake();
}

int32_t dunlin_next(int32_t uart) {
    if (held(&ports[uart].out) == 0) return -1;
    uint8_t byte = (uint8_t) take(&ports[uart].out);
    if (served(&ports[uart])) wake();
    return byte;
}

void dunlin_error(int32_t uart) { ports[uart].errors++; }

static jint start(int32_t index) {
    Port *port = &ports[index];
    port->in = (Ring) {0, 0, RECEIVE_QUEUE, port->received};
    port->out = (Ring) {0, 0, SEND_QUEUE, port->sending};
    port->errors = 0;
    if (index < DUNLIN_UARTS) dunlin_uart_open(index);
    else dunlin_spi_open(index - DUNLIN_UARTS);
    return 0;
}

jint Java_dunlin_boards_microej_Uart_state(jint uart, jint question) {
    switch (question) {
        case 0: return start(uart);
        case 1: return (jint) held(&ports[uart].in);
        case 2: return (jint) room(&ports[uart].out);
        default: return ports[uart].errors;
    }
}

jint Java_dunlin_boards_microej_Uart_receive(jint uart, jbyte *into, jint offset, jint max) {
    jint count = 0;
    while (count < max && held(&ports[uart].in) > 0) into[offset + count++] = take(&ports[uart].in);
    return count;
}

jint Java_dunlin_boards_microej_Uart_send(jint uart, jbyte *from, jint offset, jint count) {
    jint taken = 0;
    while (taken < count && put(&ports[uart].out, from[offset + taken])) taken++;
    if (taken > 0 && uart < DUNLIN_UARTS) dunlin_uart_send(uart);
    else if (taken > 0) dunlin_spi_offer(uart - DUNLIN_UARTS, true);
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

static uint32_t header(int32_t count) { return (uint32_t) count | ~(uint32_t) count << 16; }

/* How many real bytes follow a header; -1 where it is none. */
static int32_t announced(const int8_t *at) {
    uint32_t word = load(at);
    int32_t count = (int32_t) (word & 0xffff);
    return word == header(count) && count <= SPI_BYTES ? count : -1;
}

jint Java_dunlin_boards_microej_Spi_transfer(jint spi, jbyte *out, jint count, jbyte *in) {
    mastered[spi] = true;
    if (count == 0 && !dunlin_spi_ready(spi)) return -2;
    int8_t ours[SPI_HEADER], theirs[SPI_HEADER];
    store(ours, header(count));
    dunlin_spi_select(spi, true);
    dunlin_spi_clock(spi, ours, theirs, SPI_HEADER);
    int32_t real = announced(theirs);
    int32_t both = real < 0 ? 0 : real < count ? real : count;
    if (both > 0) dunlin_spi_clock(spi, out, in, both);
    if (count > both) dunlin_spi_clock(spi, out + both, NULL, count - both);
    if (real > both) dunlin_spi_clock(spi, NULL, in + both, real - both);
    dunlin_spi_select(spi, false);
    return real;
}

void dunlin_spi_selected(int32_t spi, int8_t *out) {
    Port *port = &ports[DUNLIN_UARTS + spi];
    int32_t count = (int32_t) held(&port->out);
    if (count > SPI_BYTES) count = SPI_BYTES;
    store(out, header(count));
    for (int32_t i = 0; i < count; i++) out[SPI_HEADER + i] = take(&port->out);
    dunlin_spi_offer(spi, held(&port->out) > 0);
}

void dunlin_spi_released(int32_t spi, const int8_t *in, int32_t count) {
    Port *port = &ports[DUNLIN_UARTS + spi];
    if (count >= SPI_HEADER) {
        int32_t real = announced(in);
        if (real < 0) port->errors++;
        if (real > count - SPI_HEADER) real = count - SPI_HEADER;
        for (int32_t i = 0; i < real; i++)
            if (!put(&port->in, in[SPI_HEADER + i])) port->errors++;
    }
    if (served(port)) wake();
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
