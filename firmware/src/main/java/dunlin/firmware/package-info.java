/**
 * A node: it verifies an image, reserves the memory that the image asks for, and executes the
 * image's program for every pass that the host requests. Board Java; the descriptor classes are
 * shared with the host.
 */
package dunlin.firmware;
