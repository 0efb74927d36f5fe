/* Calls to the debugger (Arm's Semihosting for AArch32 and AArch64, 2.0). */
#pragma once
#include "cortexm.h"

DUNLIN int32_t dunlin_call(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t) r0;
}
DUNLIN void dunlin_put(int32_t character) {
    char c = (char) character;
    dunlin_call(0x03, &c);
}
DUNLIN void dunlin_writeLine(const char *line) { dunlin_call(0x04, line); }
DUNLIN void dunlin_exit(void) {
    const uint32_t applicationExit = 0x20026;
    dunlin_call(0x18, (const void *) applicationExit);
}

/* What a trace of the execution is searched for. */
static __attribute__((noinline)) void dunlin_mark(void) { __asm__ volatile(""); }
