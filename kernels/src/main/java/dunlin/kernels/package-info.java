/** Integer math: one kernel, one class. Board Java: java.lang only, no allocation, no state. */
package dunlin.kernels;
