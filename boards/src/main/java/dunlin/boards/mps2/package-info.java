/**
 * Drivers of Arm's MPS2 boards with a Cortex-M design kit in their FPGA (application notes DAI
 * 0385, 0386 and 0500). Board Java.
 */
package dunlin.boards.mps2;
