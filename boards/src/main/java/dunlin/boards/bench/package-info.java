/**
 * Firmware that runs kernels and counts their instructions. Board Java: {@link
 * dunlin.boards.bench.KernelCalls} runs on the desktop as well, and its checksums tell whether both
 * compute the same bits.
 */
package dunlin.boards.bench;
