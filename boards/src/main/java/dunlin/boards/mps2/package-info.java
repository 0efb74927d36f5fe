/**
 * Drivers of Arm's MPS2 and MPS3 boards with peripherals of the Cortex-M design kit in their FPGA
 * (application notes DAI 0385, 0386, 0500 and 0547). Board Java.
 */
package dunlin.boards.mps2;
