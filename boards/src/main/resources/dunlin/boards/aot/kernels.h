/*
 * What kernels import: each function is an instruction or two on a Cortex-M, and is inlined. On other
 * machines they are portable C.
 */
#pragma once
#include <stdint.h>
#include <string.h>
#if defined(__ARM_FEATURE_DSP)
#include <arm_acle.h>
#endif

#define DUNLIN static inline __attribute__((always_inline))

/* --- CrcTableSource */
extern const uint32_t dunlin_crc_table[256];
DUNLIN int32_t dunlin_crc(int32_t octet) { return (int32_t) dunlin_crc_table[(uint8_t) octet]; }

/* --- memory: words are aligned; halfwords go through memcpy, for they need not be */
DUNLIN int32_t dunlin_load32(const void *at) { return *(const int32_t *) at; }
DUNLIN int64_t dunlin_load64(const void *at) { return *(const int64_t *) at; }
DUNLIN int32_t dunlin_load16(const void *at) { int16_t v; memcpy(&v, at, 2); return v; }
DUNLIN void dunlin_store32(void *at, int32_t v) { *(int32_t *) at = v; }
DUNLIN void dunlin_store16(void *at, int32_t v) { int16_t w = (int16_t) v; memcpy(at, &w, 2); }

/* --- arithmetic */
DUNLIN int32_t dunlin_clz(int32_t v) { return v == 0 ? 32 : __builtin_clz((uint32_t) v); }
#if defined(__ARM_FEATURE_DSP)
DUNLIN int32_t dunlin_sxtb16(int32_t v) { return __sxtb16(v); }
/* The compiler does not see that the instruction can rotate. */
DUNLIN int32_t dunlin_sxtb16ror8(int32_t v) {
    int32_t r;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(r) : "r"(v));
    return r;
}
DUNLIN int32_t dunlin_smlad(int32_t a, int32_t b, int32_t sum) { return __smlad(a, b, sum); }
DUNLIN int32_t dunlin_qadd(int32_t a, int32_t b) { return __qadd(a, b); }
#else
DUNLIN int32_t dunlin_sxtb16(int32_t v) { return (uint16_t) (int8_t) v | (uint32_t) (int8_t) (v >> 16) << 16; }
DUNLIN int32_t dunlin_sxtb16ror8(int32_t v) { return dunlin_sxtb16((int32_t) ((uint32_t) v >> 8)); }
DUNLIN int32_t dunlin_smlad(int32_t a, int32_t b, int32_t sum) {
    return sum + (int16_t) a * (int16_t) b + (a >> 16) * (b >> 16);
}
DUNLIN int32_t dunlin_qadd(int32_t a, int32_t b) {
    int32_t sum;
    return __builtin_add_overflow(a, b, &sum) ? (a < 0 ? INT32_MIN : INT32_MAX) : sum;
}
#endif

/* Where the compiler knows how many bits; it does not find SSAT and USAT itself. */
#if defined(__thumb2__)
#define DUNLIN_SATURATES(bits) __builtin_constant_p(bits)
#define DUNLIN_SATURATE(instruction, r, bits, v) \
    __asm__(instruction " %0, %1, %2" : "=r"(r) : "i"(bits), "r"(v))
#else
#define DUNLIN_SATURATES(bits) 0
#define DUNLIN_SATURATE(instruction, r, bits, v) r = v
#endif
DUNLIN int32_t dunlin_ssat(int32_t v, int32_t bits) {
    int32_t r, max = INT32_MAX >> (32 - bits);
    if (!DUNLIN_SATURATES(bits)) return v > max ? max : v < ~max ? ~max : v;
    DUNLIN_SATURATE("ssat", r, bits, v);
    return r;
}
DUNLIN int32_t dunlin_usat(int32_t v, int32_t bits) {
    int32_t r, max = (1 << bits) - 1;
    if (!DUNLIN_SATURATES(bits)) return v < 0 ? 0 : v > max ? max : v;
    DUNLIN_SATURATE("usat", r, bits, v);
    if (r < 0 || r > max) __builtin_unreachable();
    return r;
}

/* --- two rows of expanded activations against channels of weights: rowpair.S */
#if defined(__ARM_FEATURE_DSP)
void dunlin_packedPair(const void *w, int32_t blockBytes, const void *x, int32_t groups, void *y,
                       int32_t rowBytes, int32_t outputs);
void dunlin_plainPair(const void *w, int32_t stride, const void *x, int32_t groups, void *y,
                      int32_t rowBytes, int32_t outputs);
#else
DUNLIN void dunlin_channel(const int32_t *w, int32_t step, const int32_t *x, int32_t groups,
                           int32_t *y, int32_t rowBytes) {
    int32_t a = 0, b = 0;
    for (; groups > 0; groups--, w += step, x += 4) {
        int32_t even = dunlin_sxtb16(*w), odd = dunlin_sxtb16ror8(*w);
        a = dunlin_smlad(odd, x[1], dunlin_smlad(even, x[0], a));
        b = dunlin_smlad(odd, x[3], dunlin_smlad(even, x[2], b));
    }
    y[0] = a;
    y[rowBytes / 4] = b;
}
DUNLIN void dunlin_packedPair(const int32_t *w, int32_t blockBytes, const void *x, int32_t groups,
                              int32_t *y, int32_t rowBytes, int32_t outputs) {
    for (int32_t n = 0; n < outputs; n++)
        dunlin_channel(w + (n >> 2) * (blockBytes / 4) + (n & 3), 4, x, groups, y + n, rowBytes);
}
DUNLIN void dunlin_plainPair(const int32_t *w, int32_t stride, const void *x, int32_t groups,
                             int32_t *y, int32_t rowBytes, int32_t outputs) {
    for (int32_t n = 0; n < outputs; n++)
        dunlin_channel(w + n * (stride / 4), 1, x, groups, y + n, rowBytes);
}
#endif

/* --- four rows of weights, padded to words, against one of activations: w[c][k] * x[k] into y[c] */
#if defined(__ARM_FEATURE_MVE)
DUNLIN int32_t dunlin_hasHelium(void) { return 1; }
/* The loop's last vectors are as short as the rows are. */
#define DUNLIN_DOT(name, element, lanes, load, loadWeights, weights, multiply)                        \
    DUNLIN void name(const int8_t *w, const element *x, int32_t n, int32_t *y, int32_t channels) {    \
        const int8_t *w1 = w + ((n + 3) & ~3), *w2 = w1 + (w1 - w), *w3 = w2 + (w1 - w);              \
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;                                                        \
        __asm__("wlstp." lanes " lr, %[n], 2f\n"                                                       \
                "1: " load " q0, [%[x]], #16\n"                                                        \
                loadWeights " q1, [%[w]], #" weights "\n " multiply " %[a0], q0, q1\n"                 \
                loadWeights " q1, [%[w1]], #" weights "\n " multiply " %[a1], q0, q1\n"                \
                loadWeights " q1, [%[w2]], #" weights "\n " multiply " %[a2], q0, q1\n"                \
                loadWeights " q1, [%[w3]], #" weights "\n " multiply " %[a3], q0, q1\n"                \
                "letp lr, 1b\n"                                                                        \
                "2:"                                                                                   \
                : [a0] "+Te"(a0), [a1] "+Te"(a1), [a2] "+Te"(a2), [a3] "+Te"(a3),                      \
                  [w] "+r"(w), [w1] "+r"(w1), [w2] "+r"(w2), [w3] "+r"(w3), [x] "+r"(x)                \
                : [n] "r"(n)                                                                           \
                : "lr", "q0", "q1", "cc", "memory");                                                   \
        y[0] = a0;                                                                                     \
        if (channels > 1) y[1] = a1;                                                                   \
        if (channels > 2) y[2] = a2;                                                                   \
        if (channels > 3) y[3] = a3;                                                                   \
    }
DUNLIN_DOT(dunlin_dot8, int8_t, "8", "vldrb.8", "vldrb.8", "16", "vmladava.s8")
DUNLIN_DOT(dunlin_dot16, int16_t, "16", "vldrh.16", "vldrb.s16", "8", "vmladava.s16")
#elif !defined(__arm__)
/* A desktop stands for any core. */
DUNLIN int32_t dunlin_hasHelium(void) { return 1; }
#define DUNLIN_DOT(name, element)                                                                      \
    DUNLIN void name(const int8_t *w, const element *x, int32_t n, int32_t *y, int32_t channels) {     \
        for (int32_t c = 0; c < channels; c++, w += (n + 3) & ~3) {                                    \
            int32_t sum = 0;                                                                           \
            for (int32_t k = 0; k < n; k++) sum += w[k] * x[k];                                        \
            y[c] = sum;                                                                                \
        }                                                                                              \
    }
DUNLIN_DOT(dunlin_dot8, int8_t)
DUNLIN_DOT(dunlin_dot16, int16_t)
#else
DUNLIN int32_t dunlin_hasHelium(void) { return 0; }
/* Never called. */
DUNLIN void dunlin_dot8(const void *w, const void *x, int32_t n, void *y, int32_t channels) { }
DUNLIN void dunlin_dot16(const void *w, const void *x, int32_t n, void *y, int32_t channels) { }
#endif
