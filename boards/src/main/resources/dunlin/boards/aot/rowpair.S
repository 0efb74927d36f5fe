/*
 * Two rows of expanded activations against output channels of int8 weights, two at a time: what
 * dunlin.kernels.RowPair specifies, for cores with the DSP extension. By hand, because the four sums
 * and what they are made of take every register but the stack pointer, and compilers spill.
 *
 *   void dunlin_packedPair(w, blockBytes, x, groups, y, rowBytes, outputs)
 *   void dunlin_plainPair (w, stride,     x, groups, y, rowBytes, outputs)
 *
 * For each group of four inputs, sixteen multiplications: 15 instructions, and the loop's two for
 * every two groups.
 */
#if defined(__ARM_FEATURE_DSP)
    .syntax unified
    .thumb

#define W       r0              /* weights */
#define V       r1              /* weights of the second channel, where they lie apart */
#define X       r2              /* activations */
#define N       r3              /* groups to go */
#define A       r4              /* sums: first row, first channel */
#define B       r5              /* first row, second channel */
#define C       r6              /* second row */
#define D       r7
#define P       r8              /* a word of each channel's weights, then their odd bytes */
#define Q       r9
#define E       r10             /* even bytes */
#define F       r11
#define X0      r12             /* activations of a row: even, odd */
#define X1      lr

#define GROUPS  [sp]            /* all but the first */
#define SPAN    [sp, #4]        /* bytes of a row's groups, in a pair of rows */
#define ADVANCE [sp, #8]        /* to the next channels */
#define Y       [sp, #48]
#define ROW     [sp, #52]       /* bytes from a row of y to the next */
#define LEFT    [sp, #56]       /* channels to go */

    .macro enter
    push    {r4-r11, lr}
    sub     sp, #12
    lsl     P, N, #4
    sub     N, #1
    strd    N, P, GROUPS
    .endm

    .macro leave
    add     sp, #12
    pop     {r4-r11, pc}
    .endm

    .macro load apart
    .if \apart
    ldr     P, [W], #4
    ldr     Q, [V], #4
    .else
    ldrd    P, Q, [W], #16
    .endif
    .endm

    .macro begin sum, even, x, first
    .if \first
    smuad   \sum, \even, \x
    .else
    smlad   \sum, \even, \x, \sum
    .endif
    .endm

    /* The first group finds no sums yet. */
    .macro group apart, first=0
    load    \apart
    ldrd    X0, X1, [X], #8
    sxtb16  E, P
    sxtb16  F, Q
    sxtb16  P, P, ror #8
    sxtb16  Q, Q, ror #8
    begin   A, E, X0, \first
    begin   B, F, X0, \first
    smlad   A, P, X1, A
    smlad   B, Q, X1, B
    ldrd    X0, X1, [X], #8
    begin   C, E, X0, \first
    begin   D, F, X0, \first
    smlad   C, P, X1, C
    smlad   D, Q, X1, D
    .endm

    /* Four sums; leaves how many channels are left in N, and SPAN in P. */
    .macro tile apart
    group   \apart, 1
    ldr     N, GROUPS
    tst     N, #1
    bne     2f                  /* an odd number of groups begins in the middle */
    cmp     N, #0
    beq     4f
1:  group   \apart
2:  group   \apart
    subs    N, #2
    bgt     1b
4:  ldr     N, LEFT
    ldr     P, Y
    ldr     Q, ROW
    subs    N, #2
    blt     8f
    strd    A, B, [P], #8
    str     P, Y
    add     P, Q
    str     N, LEFT
    strd    C, D, [P, #-8]
    ldr     P, SPAN
    beq     9f
    sub     X, P
    .endm

    .section .text.dunlin_packedPair, "ax", %progbits
    .global dunlin_packedPair
    .thumb_func
dunlin_packedPair:
    enter
    sub     V, #8
    str     V, ADVANCE
3:  tile    0
    sub     W, P
    add     W, #8               /* the other half of a block of four channels */
    tile    0
    ldr     Q, ADVANCE
    sub     W, P
    add     W, Q
    b       3b
8:  str     A, [P]
    str     C, [P, Q]
9:  leave

    .section .text.dunlin_plainPair, "ax", %progbits
    .global dunlin_plainPair
    .thumb_func
dunlin_plainPair:
    enter
    str     V, ADVANCE
    ldr     P, LEFT
    cmp     P, #1
    ite     eq
    moveq   V, W                /* there is no second channel to be read */
    addne   V, W
3:  tile    1
    ldr     Q, ADVANCE
    cmp     N, #1
    add     W, Q                /* where V was */
    ite     eq
    moveq   V, W
    addne   V, Q
    b       3b
8:  str     A, [P]
    str     C, [P, Q]
9:  leave
#endif
