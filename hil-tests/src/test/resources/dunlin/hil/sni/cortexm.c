/* Calls natives on arrays that the JVM's kernels were called with, and tells which give its bits. */
#include <sni.h>
#include "dunlin_port.h"
#include <string.h>

#define ARRAYS 8
#define MOST_BYTES 65536

static struct { int32_t length; int8_t elements[MOST_BYTES]; } arrays[ARRAYS];

const int8_t *dunlin_image;

/* As in sni.h: the length lies before the elements. */
int32_t SNI_getArrayLength(const void *array) { return ((const int32_t *) array)[-1]; }

static int32_t debugger(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t) r0;
}

static int8_t *load(int32_t index, const int8_t *bytes, int32_t count) {
    arrays[index].length = count;
    return memcpy(arrays[index].elements, bytes, (size_t) count);
}

static uint32_t crc(const int8_t *bytes, int32_t count) {
    uint32_t c = ~0u;
    for (int32_t i = 0; i < count; i++) {
        c ^= (uint8_t) bytes[i];
        for (int32_t bit = 0; bit < 8; bit++) c = c >> 1 ^ (-(c & 1) & 0xEDB88320u);
    }
    return ~c;
}

static void check(const char *name, const uint32_t *expected, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (crc(arrays[i].elements, arrays[i].length) != expected[i]) {
            debugger(0x04, "wrong: ");
            break;
        }
    debugger(0x04, name);
    debugger(0x04, "\n");
}

static void calls(void);

void reset(void) {
    calls();
    debugger(0x18, (const void *) 0x20026);
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {(void *) 0x20400000, reset};

