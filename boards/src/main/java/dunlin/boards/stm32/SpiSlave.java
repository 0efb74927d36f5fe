package dunlin.boards.stm32;

import dunlin.boards.cortexm.InterruptedPort;
import dunlin.boards.cortexm.Nvic;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.hal.SpiTransfer;

/**
 * The end of an SPI link that is clocked ({@link SpiTransfer}): when it is selected it has the gap
 * before the first bit to hand over what it sends, and when it is let go it puts away what came.
 */
public final class SpiSlave implements InterruptedPort {
  private final Processor processor;
  private final SpiHardware hardware;
  private final SpiLines lines;
  private final SpiBuffers buffers;
  private final int interrupt;
  private boolean underWay;

  /**
   * A port that is not selected.
   *
   * @param at where {@link Settings} has it
   */
  public SpiSlave(
      Processor processor, int[] settings, int at, SpiHardware hardware, SpiLines lines) {
    this.processor = processor;
    this.hardware = hardware;
    this.lines = lines;
    buffers = new SpiBuffers(processor, settings);
    interrupt = settings[at + Settings.INTERRUPT];
  }

  @Override
  public void interrupt() {
    boolean changed = lines.changed();
    boolean selected = lines.asked();
    if (underWay) {
      hardware.advance();
    }
    // An edge may show at once what the line came to right after it, and interrupt again: nothing
    // has been clocked then, for that is in the gap.
    if (changed && underWay && !(selected && hardware.exchanged() == 0)) {
      buffers.deliver(hardware.end());
      underWay = false;
    }
    if (changed && selected && !underWay) {
      buffers.load();
      hardware.begin(buffers.out(), buffers.in(), 0, SpiBuffers.TRANSFER_BYTES);
      underWay = true;
    }
    lines.drive(buffers.waiting());
  }

  @Override
  public int available() {
    return buffers.available();
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return buffers.read(into, offset, max);
  }

  @Override
  public int writable() {
    return buffers.room();
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = buffers.write(from, offset, count);
    if (accepted > 0) {
      Nvic.pend(processor, interrupt);
    }
    return accepted;
  }

  @Override
  public int errors() {
    return buffers.errors();
  }
}
