package dunlin.boards.stm32;

import dunlin.boards.cortexm.Alarm;
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
  private final Alarm alarm;

  /** What the alarm is to ring for: bytes to read, or room; 0 for nothing. */
  private int awaited;

  private int awaitedRoom;

  private SpiPort(Processor processor, int interrupt, SpiBuffers buffers, SpiEnd end, Alarm alarm) {
    this.processor = processor;
    this.interrupt = interrupt;
    this.alarm = alarm;
    this.buffers = buffers;
    this.end = end;
    Nvic.pend(processor, interrupt); // a slave may have been ready before anybody looked
  }

  /**
   * A port on which nothing is under way.
   *
   * @param at where {@link Settings} has it
   * @param clock for a master's gap; null for a slave
   * @param alarm that it rings
   */
  static SpiPort of(
      Processor processor,
      int[] settings,
      int at,
      SpiHardware hardware,
      SpiLines lines,
      SysTick clock,
      Alarm alarm) {
    SpiBuffers buffers = new SpiBuffers(processor, settings);
    SpiEnd end =
        clock == null
            ? new SpiSlave(hardware, lines, buffers)
            : new SpiMaster(hardware, lines, buffers, clock, settings[Settings.SPI_GAP]);
    return new SpiPort(processor, settings[at + Settings.INTERRUPT], buffers, end, alarm);
  }

  @Override
  public void interrupt() {
    end.serve();
    if (there()) {
      alarm.ring();
    }
  }

  /** A transfer brings a frame's rest along with its header, as a rule. */
  @Override
  public boolean await(int receive, boolean framed, int transmit) {
    awaited = buffers.mostReceived(receive);
    awaitedRoom = buffers.mostRoom(transmit);
    return there();
  }

  private boolean there() {
    return awaited > 0 && available() >= awaited || awaitedRoom > 0 && writable() >= awaitedRoom;
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
