/*
 * A board on the desktop: an image in memory, a console whose other end is the test, and time that
 * passes when it is asked for and while the node sleeps.
 */
#include "dunlin_port.h"
#include <stdlib.h>
#include <string.h>

static jlong now, asleep;
static struct { int8_t *bytes; int32_t count; } sent;
static int32_t lengths;
static const void *arrays[16];
static jint sizes[16];

const int8_t *dunlin_image;

/* --- SNI */

/* Arrays are known by where they lie while a native runs: jni.c tells of each. */
void dunlin_entered(const void *array, jint length) {
    arrays[lengths] = array;
    sizes[lengths++] = length;
}
void dunlin_left(void) { lengths = 0; }

int32_t SNI_getArrayLength(const void *array) {
    for (int32_t i = 0; i < lengths; i++)
        if (arrays[i] == array) return sizes[i];
    abort();
}
int32_t SNI_getCurrentJavaThreadID(void) { return 1; }
int32_t SNI_suspendCurrentJavaThread(int64_t timeout) {
    asleep = timeout == 0 ? INT64_MAX : timeout;
    return SNI_OK;
}
int32_t SNI_resumeJavaThread(int32_t thread) {
    asleep = 0;
    return SNI_OK;
}

/* --- the board */

int32_t dunlin_uid(int32_t word) { return word; }
int64_t dunlin_nanoseconds(void) { return now += 1000; }
void dunlin_lock(void) {}
void dunlin_unlock(void) {}
void dunlin_uart_open(int32_t uart) {}
void dunlin_uart_send(int32_t uart) {
    for (int32_t byte; (byte = dunlin_next(uart)) >= 0;) {
        if (uart != 0) continue;
        if ((sent.count & (sent.count - 1)) == 0) sent.bytes = realloc(sent.bytes, 2 * sent.count + 1);
        sent.bytes[sent.count++] = (int8_t) byte;
    }
}

/* --- SPI: port 0 is wired to port 0 of another copy of this library */

typedef struct {
    void (*selected)(int32_t spi, int8_t *out);
    void (*released)(int32_t spi, const int8_t *in, int32_t count);
    void (*rang)(void);
    bool open, ready;
} End;
static End end = {dunlin_spi_selected, dunlin_spi_released, dunlin_spi_rang, false, false};
static const End *other;
static int8_t mosi[DUNLIN_SPI_BYTES], miso[DUNLIN_SPI_BYTES];
static int32_t clocked;

void dunlin_spi_open(int32_t spi) { end.open = true; }
void dunlin_spi_offer(int32_t spi, bool high) {
    end.ready = high;
    if (high && other != NULL) other->rang();
}
bool dunlin_spi_ready(int32_t spi) { return other != NULL && other->ready; }
void dunlin_spi_select(int32_t spi, bool low) {
    bool driven = other != NULL && other->open;
    if (low) {
        clocked = 0;
        memset(miso, 0xff, sizeof miso);
        if (driven) other->selected(0, miso);
    } else if (driven) other->released(0, mosi, clocked);
}
void dunlin_spi_clock(int32_t spi, const int8_t *out, int8_t *in, int32_t count) {
    for (int32_t i = 0; i < count; i++, clocked++) {
        mosi[clocked] = out != NULL ? out[i] : -1;
        if (in != NULL) in[i] = miso[clocked];
    }
}

/* --- the test's end: dunlin.hil.DesktopBoard */

JNIEXPORT void JNICALL Java_dunlin_hil_DesktopBoard_flash(JNIEnv *env, jclass type, jbyteArray image) {
    jint size = (*env)->GetArrayLength(env, image);
    int8_t *bytes = malloc(size);
    (*env)->GetByteArrayRegion(env, image, 0, size, bytes);
    dunlin_image = bytes;
}
JNIEXPORT void JNICALL Java_dunlin_hil_DesktopBoard_type(JNIEnv *env, jclass type, jbyteArray bytes) {
    jint count = (*env)->GetArrayLength(env, bytes);
    for (jint i = 0; i < count; i++) {
        jbyte byte;
        (*env)->GetByteArrayRegion(env, bytes, i, 1, &byte);
        dunlin_received(0, (uint8_t) byte);
    }
}
JNIEXPORT jbyteArray JNICALL Java_dunlin_hil_DesktopBoard_said(JNIEnv *env, jclass type) {
    jbyteArray said = (*env)->NewByteArray(env, sent.count);
    (*env)->SetByteArrayRegion(env, said, 0, sent.count, sent.bytes);
    sent.count = 0;
    return said;
}
JNIEXPORT jlong JNICALL Java_dunlin_hil_DesktopBoard_end(JNIEnv *env, jclass type) { return (jlong) (intptr_t) &end; }
JNIEXPORT void JNICALL Java_dunlin_hil_DesktopBoard_wire(JNIEnv *env, jclass type, jlong otherEnd) {
    other = (const End *) (intptr_t) otherEnd;
}
/* Whether the node sleeps; if so, its time passes. */
JNIEXPORT jboolean JNICALL Java_dunlin_hil_DesktopBoard_sleeps(JNIEnv *env, jclass type) {
    jboolean sleeps = asleep != 0;
    if (sleeps && asleep != INT64_MAX) now += asleep * 1000000;
    asleep = 0;
    return sleeps;
}
