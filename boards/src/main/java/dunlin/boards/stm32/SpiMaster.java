package dunlin.boards.stm32;

import dunlin.boards.cortexm.InterruptedPort;
import dunlin.boards.cortexm.Nvic;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import dunlin.hal.SpiTransfer;

/**
 * The end of an SPI link that clocks ({@link SpiTransfer}): in its interrupt it begins a transfer
 * when there is reason to, clocks the headers, and then as many bytes as the larger of them says.
 */
public final class SpiMaster implements InterruptedPort {
  private static final int IDLE = 0;
  private static final int HEADERS = 1;
  private static final int BYTES = 2;

  private final Processor processor;
  private final SpiHardware hardware;
  private final SpiLines lines;
  private final SysTick clock;
  private final SpiBuffers buffers;
  private final int interrupt;
  private final int gapMicros;
  private int state = IDLE;

  /** Real bytes of this end in the transfer under way. */
  private int carried;

  /**
   * A port that is idle.
   *
   * @param at where {@link Settings} has it
   */
  public SpiMaster(
      Processor processor,
      int[] settings,
      int at,
      SpiHardware hardware,
      SpiLines lines,
      SysTick clock) {
    this.processor = processor;
    this.hardware = hardware;
    this.lines = lines;
    this.clock = clock;
    buffers = new SpiBuffers(processor, settings);
    interrupt = settings[at + Settings.INTERRUPT];
    gapMicros = settings[Settings.SPI_GAP];
    Nvic.pend(processor, interrupt); // the slave may have been ready before
  }

  @Override
  public void interrupt() {
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
