/* What Java on a Cortex-M imports: each function is an instruction or two, and is inlined. */
#pragma once
#include "kernels.h"

/* --- the linker script's symbols */
extern char dunlin_heap_start, dunlin_heap_end;
extern uint32_t dunlin_image_array[3], dunlin_settings_array[3];
DUNLIN void *dunlin_heapStart(void) { return &dunlin_heap_start; }
DUNLIN void *dunlin_heapEnd(void) { return &dunlin_heap_end; }
DUNLIN void *dunlin_image(void) { return dunlin_image_array; }
DUNLIN void *dunlin_settings(void) { return dunlin_settings_array; }

/* Words in front of an array's elements: class, hash, length. */
extern uint32_t dunlin_ram_array[3];
DUNLIN void *dunlin_reserve(int32_t address, int32_t bytes) {
    uint32_t *array = address == 0 ? dunlin_ram_array : (uint32_t *) address;
    array[0] = dunlin_image_array[0];
    array[1] = 0;
    array[2] = (uint32_t) bytes;
    return memset(array + 3, 0, (size_t) bytes) - 12;
}
/* TeaVM hands native functions the elements of an array, without what is in front of them. */
DUNLIN int32_t dunlin_elements(void *elements) { return (int32_t) elements; }

/* --- startup.c */
extern void *dunlin_uarts[];
DUNLIN void dunlin_attach(int32_t index, void *uart) { dunlin_uarts[index] = uart; }
extern struct dunlin_Trap { uint32_t state, reason, at, from, status, accessed; } dunlin_last_trap;
void dunlin_trap(int32_t reason);
DUNLIN int32_t dunlin_lastTrap(void) { return (int32_t) &dunlin_last_trap; }

/* --- registers and interrupts */
DUNLIN int32_t dunlin_read(int32_t at) { return *(volatile int32_t *) at; }
DUNLIN void dunlin_write(int32_t at, int32_t value) { *(volatile int32_t *) at = value; }
DUNLIN int32_t dunlin_readByte(int32_t at) { return *(volatile uint8_t *) at; }
DUNLIN void dunlin_writeByte(int32_t at, int32_t value) { *(volatile uint8_t *) at = (uint8_t) value; }
DUNLIN void dunlin_barrier(void) { __asm__ volatile("dsb\n isb" ::: "memory"); }
DUNLIN void dunlin_fence(void) { __asm__ volatile("" ::: "memory"); }
DUNLIN void dunlin_cpsid(void) { __asm__ volatile("cpsid i" ::: "memory"); }
DUNLIN void dunlin_cpsie(void) { __asm__ volatile("cpsie i\n isb" ::: "memory"); }
DUNLIN void dunlin_wfi(void) { __asm__ volatile("dsb\n wfi" ::: "memory"); }
