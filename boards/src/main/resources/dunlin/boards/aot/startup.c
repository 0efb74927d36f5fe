/* From reset to Java, and what ends it. The vector table follows, generated for the board. */
#include <stdint.h>
#include "core.h"
#include "cortexm.h"

extern uint32_t dunlin_stack_top, dunlin_data_start, dunlin_data_end, dunlin_data_image;
extern uint32_t dunlin_bss_start, dunlin_bss_end;
extern char dunlin_classes;
extern void *dunlin_arrayClass(void *item);
extern void (*const dunlin_vectors[])(void);
extern void dunlin_main(void), dunlin_tick(void), dunlin_uart(void *uart), dunlin_spi(int32_t port);

/* An object's header counts its class from here, in units of eight bytes. */
char *teavm_beforeClasses = &dunlin_classes - 4096;

TeaVM_Class *teavm_getArrayClass(TeaVM_Class *item) { return dunlin_arrayClass(item); }

/* Why the last run ended, and where (LastTrap.java); RAM that a reset leaves as it is. */
__attribute__((section(".noinit"))) struct dunlin_Trap dunlin_last_trap;

static __attribute__((noreturn)) void restart(void) {
    __asm__ volatile("dsb");
    *(volatile uint32_t *) 0xE000ED0C = 0x05FA0004; /* system reset (Armv7-M ARM, B3.2.6) */
    for (;;) { }
}

__attribute__((noinline)) void dunlin_trap(int32_t reason) {
    uint32_t at = (uint32_t) __builtin_return_address(0);
    dunlin_last_trap = (struct dunlin_Trap) {0x54524150, (uint32_t) reason, at, 0, 0, 0};
    restart();
}

/* A processor fault: of the frame that the core has pushed, word 5 is LR, word 6 the address. */
__attribute__((used)) void dunlin_fault(const uint32_t *frame) {
    uint32_t status = *(volatile uint32_t *) 0xE000ED28; /* CFSR; then BFAR, MMFAR, if valid */
    uint32_t accessed = status & 1 << 15 ? *(volatile uint32_t *) 0xE000ED38
                      : status & 1 << 7 ? *(volatile uint32_t *) 0xE000ED34 : 0;
    dunlin_last_trap = (struct dunlin_Trap) {0x54524150, 8, frame[6], frame[5], status, accessed};
    restart();
}

static __attribute__((naked)) void fault(void) { __asm__("mov r0, sp\n b dunlin_fault"); }

/* Whose interrupt it was stands in the frame's place of a status: ICSR. */
static void unexpected(void) {
    uint32_t state = *(volatile uint32_t *) 0xE000ED04;
    dunlin_last_trap = (struct dunlin_Trap) {0x54524150, 9, 0, 0, state, 0};
    restart();
}

__attribute__((noreturn)) void dunlin_reset(void) {
#if defined(__ARM_FEATURE_MVE)
    *(volatile uint32_t *) 0xE000ED88 |= 0xF << 20; /* vectors: coprocessors 10 and 11 (Armv8-M ARM, CPACR) */
    *(volatile uint32_t *) 0xE000ED14 |= 1 << 19;   /* loops without branches (Armv8-M ARM, CCR.LOB) */
    __asm__ volatile("dsb\n isb" ::: "memory");
#endif
    *(volatile uint32_t *) 0xE000ED08 = (uint32_t) dunlin_vectors; /* a bootloader's were in use (VTOR, B3.2.5) */
    uint32_t *from = &dunlin_data_image;
    for (uint32_t *to = &dunlin_data_start; to < &dunlin_data_end;) *to++ = *from++;
    for (uint32_t *to = &dunlin_bss_start; to < &dunlin_bss_end;) *to++ = 0;
    *(volatile uint32_t *) 0xE000ED14 |= 1 << 4; /* division by zero is a fault (B3.2.8) */
    dunlin_main();
    for (;;) { }
}
