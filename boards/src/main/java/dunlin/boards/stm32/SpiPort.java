package dunlin.boards.stm32;

import dunlin.boards.cortexm.InterruptedPort;
import dunlin.boards.cortexm.Nvic;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;

/**
 * An SPI port, whichever its end. Whatever is to be done is done in its interrupt, so nothing is
 * done twice at once: the program only leaves bytes in a queue, and makes the interrupt come.
 */
final class SpiPort implements InterruptedPort {
  private final Processor processor;
  private final int interrupt;
  private final SpiBuffers buffers;
  private final SpiEnd end;

  private SpiPort(Processor processor, int interrupt, SpiBuffers buffers, SpiEnd end) {
    this.processor = processor;
    this.interrupt = interrupt;
    this.buffers = buffers;
    this.end = end;
    Nvic.pend(processor, interrupt); // a slave may have been ready before anybody looked
  }

  /**
   * A port on which nothing is under way.
   *
   * @param at where {@link Settings} has it
   * @param clock for a master's gap; null for a slave
   */
  static SpiPort of(
      Processor processor,
      int[] settings,
      int at,
      SpiHardware hardware,
      SpiLines lines,
      SysTick clock) {
    SpiBuffers buffers = new SpiBuffers(processor, settings);
    SpiEnd end =
        clock == null
            ? new SpiSlave(hardware, lines, buffers)
            : new SpiMaster(hardware, lines, buffers, clock, settings[Settings.SPI_GAP]);
    return new SpiPort(processor, settings[at + Settings.INTERRUPT], buffers, end);
  }

  @Override
  public void interrupt() {
    end.serve();
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
