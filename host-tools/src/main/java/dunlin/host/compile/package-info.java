/**
 * From a plan to images. The entry point is {@link dunlin.host.compile.Compiler}: it emits the ops
 * of a node's program on symbolic buffers, places the buffers in RAM by their lifetimes, and writes
 * the image. {@link dunlin.host.compile.Listing} reads one back.
 */
package dunlin.host.compile;
