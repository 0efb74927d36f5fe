package dunlin.host.bench;

/**
 * A kernel with its shape and operands.
 *
 * @param kernel its name
 * @param rows rows
 * @param inputs elements of an input row
 * @param outputs elements of an output row
 * @param macs multiplications with an addition; 0 where that is not what the kernel does
 * @param position the first row's position
 * @param image the call
 */
record KernelCase(
    String kernel, int rows, int inputs, int outputs, long macs, int position, CallImage image) {

  CallTimer.Call call() {
    return new CallTimer.Call(kernel, image.write(position, rows), image.ramBytes());
  }
}
