package dunlin.boards.stm32;

import dunlin.boards.cortexm.SysTick;
import dunlin.hal.SpiTransfer;

/**
 * The end of an SPI link that clocks ({@link SpiTransfer}): in its interrupt it begins a transfer
 * when there is reason to, clocks the headers, and then as many bytes as the larger of them says.
 */
final class SpiMaster implements SpiEnd {
  private static final int IDLE = 0;
  private static final int HEADERS = 1;
  private static final int BYTES = 2;

  private final SpiHardware hardware;
  private final SpiLines lines;
  private final SpiBuffers buffers;
  private final SysTick clock;
  private final int gapMicros;
  private int state = IDLE;

  /** Real bytes of this end in the transfer under way. */
  private int carried;

  SpiMaster(
      SpiHardware hardware, SpiLines lines, SpiBuffers buffers, SysTick clock, int gapMicros) {
    this.hardware = hardware;
    this.lines = lines;
    this.buffers = buffers;
    this.clock = clock;
    this.gapMicros = gapMicros;
  }

  @Override
  public void serve() {
    lines.changed();
    if (state != IDLE && hardware.advance()) {
      finish(hardware.end());
    }
    if (state == IDLE && (buffers.waiting() || lines.asked())) {
      start();
    }
  }

  private void start() {
    state = HEADERS;
    lines.drive(true);
    carried = buffers.load();
    clock.pause(gapMicros);
    hardware.begin(buffers.out(), buffers.in(), 0, SpiTransfer.HEADER_BYTES);
  }

  /** The headers are in, or all is. */
  private void finish(int clocked) {
    int bytes = Math.max(carried, buffers.announced());
    if (state == HEADERS && bytes > 0) {
      state = BYTES;
      hardware.begin(buffers.out(), buffers.in(), SpiTransfer.HEADER_BYTES, bytes);
      return;
    }
    lines.drive(false);
    buffers.deliver(state == HEADERS ? clocked : SpiTransfer.HEADER_BYTES + clocked);
    state = IDLE;
  }
}
