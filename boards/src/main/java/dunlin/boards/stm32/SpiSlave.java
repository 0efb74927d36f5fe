package dunlin.boards.stm32;

import dunlin.hal.SpiTransfer;

/**
 * The end of an SPI link that is clocked ({@link SpiTransfer}): when it is selected it has the gap
 * before the first bit to hand over what it sends, and when it is let go it puts away what came.
 */
final class SpiSlave implements SpiEnd {
  private final SpiHardware hardware;
  private final SpiLines lines;
  private final SpiBuffers buffers;
  private boolean underWay;

  SpiSlave(SpiHardware hardware, SpiLines lines, SpiBuffers buffers) {
    this.hardware = hardware;
    this.lines = lines;
    this.buffers = buffers;
  }

  @Override
  public void serve() {
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
}
