/**
 * Firmware that counts instructions: of kernels, each on its own ({@link
 * dunlin.boards.bench.Main}), and of a node that replays what its peers once sent ({@link
 * dunlin.boards.bench.ReplayProcessor}). Board Java: {@link dunlin.boards.bench.KernelCall} runs on
 * the desktop as well, and its checksums tell whether both compute the same bits.
 */
package dunlin.boards.bench;
