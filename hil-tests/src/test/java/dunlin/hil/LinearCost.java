package dunlin.hil;

import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Processor;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.Requantise;

/**
 * Counts the instructions of a linear layer, expansion of the activations and requantisation
 * included, on an STM32F4 whose timer QEMU drives by instructions. The image says how many rows,
 * inputs and outputs; weights, multipliers and scales are whatever follows.
 */
public final class LinearCost implements Firmware, Machine {
  static final int ROWS = 0;
  static final int INPUTS = 4;
  static final int OUTPUTS = 8;
  static final int DATA = 64;

  /** TIM2 (RM0090, 18.4): its control, prescaler, counter and end of count. */
  private static final int TIMER_CONTROL = 0x4000_0000;

  private static final int TIMER_COUNT = 0x4000_0024;
  private static final int TIMER_END = 0x4000_002C;

  private Board board;
  private final byte[] result = new byte[4];
  private int sent;

  @Override
  public Machine boot(Board on) {
    board = on;
    Dsp.store32(result, 0, count());
    return this;
  }

  @Override
  public void step(long now, Wake wake) {
    board.watchdog().feed();
    sent += board.port(0).write(result, sent, result.length - sent);
  }

  private int count() {
    byte[] image = board.flash().bytes();
    int rows = Dsp.load32(image, ROWS);
    int inputs = Dsp.load32(image, INPUTS);
    int outputs = Dsp.load32(image, OUTPUTS);
    byte[] ram = board.reserve(0, rows * (3 * inputs + 4 * outputs));
    int expanded = rows * inputs;
    int sums = 3 * expanded;
    Processor processor = new CortexM();
    processor.write(TIMER_END, -1);
    processor.write(TIMER_CONTROL, 1);
    processor.disableInterrupts();
    int start = processor.read(TIMER_COUNT);
    LinearDsp.expandInt8(ram, 0, ram, expanded, rows, inputs);
    LinearDsp.rows(image, DATA, ram, expanded, null, 0, ram, sums, rows, inputs, outputs);
    Requantise.rows(ram, sums, image, DATA, null, 0, image, DATA, rows, outputs, 0, -40);
    int end = processor.read(TIMER_COUNT);
    processor.enableInterrupts();
    return end - start;
  }
}
