package dunlin.hal.emulated;

import dunlin.hal.SpiTransfer;
import dunlin.hal.Wake;

/**
 * An SPI link: a master, which is its first end, a slave with its ready line, and the {@link
 * SpiTransfer} that the master clocks. A transfer begins in the nanosecond in which there is reason
 * to, takes the gap and the time of its bits, rounded up to the nanosecond, and takes effect when
 * it ends.
 */
public final class SpiLink implements Wire {
  private static final long BYTE_TIME = 8_000_000_000L; // nanoseconds · hertz

  private final Schedule schedule;
  private final EmulatedSpi master;
  private final EmulatedSpi slave;
  private final SpiLane forward;
  private final SpiLane backward;
  private final int hertz;
  private final long gap;

  /** The transfer under way, if any: when its first bit is clocked, and when its last was. */
  private boolean underWay;

  private long start;
  private long end;

  private long clocked;
  private WireInterference interference;

  /** Joins two ports at the clock of the slower and with the gap that the slave needs. */
  SpiLink(Schedule schedule, EmulatedSpi master, EmulatedSpi slave) {
    this.schedule = schedule;
    this.master = master;
    this.slave = slave;
    hertz = Math.min(master.spec().hertz(), slave.spec().hertz());
    gap = slave.spec().gapNanos();
    forward = new SpiLane(master.spec().transmitQueue(), slave.spec().receiveQueue());
    backward = new SpiLane(slave.spec().transmitQueue(), master.spec().receiveQueue());
    master.plug(this, forward, backward);
    slave.plug(this, backward, forward);
  }

  @Override
  public long forwardBytes() {
    settle();
    return forward.carried();
  }

  @Override
  public long backwardBytes() {
    settle();
    return backward.carried();
  }

  @Override
  public long overruns() {
    settle();
    return forward.overruns() + backward.overruns();
  }

  @Override
  public void disturb(LineFaults rates, long seed) {
    settle();
    interference = new WireInterference(rates, seed);
    forward.disturb(interference.there());
    backward.disturb(interference.back());
  }

  @Override
  public void cut(boolean nothingPasses) {
    if (interference == null) {
      disturb(LineFaults.NONE, 0);
    }
    settle();
    interference.setCut(nothingPasses);
  }

  @Override
  public long faults(LineFault fault) {
    return interference == null ? 0 : interference.faults(fault);
  }

  @Override
  public void delay(long nanos) {
    settle();
    if (underWay) {
      start += nanos;
      end += nanos;
      master.reconsider();
      slave.reconsider();
    }
  }

  /** Bytes that were clocked each way in transfers that have ended: headers and filler too. */
  public long clockedBytes() {
    settle();
    return clocked;
  }

  /** {@code "a.spi0 - b.spi0"}, the master first. */
  @Override
  public String toString() {
    return master + " - " + slave;
  }

  EmulatedSpi slave() {
    return slave;
  }

  /** What an end has to send, or the ready line, has changed. */
  void changed() {
    beginWhereWanted(schedule.now());
    master.reconsider();
    slave.reconsider();
  }

  /** Lets the transfers whose time has come take effect. */
  void settle() {
    while (underWay && schedule.now() >= end) {
      finish(length());
      beginWhereWanted(end);
    }
  }

  /**
   * When {@code bytes} more bytes have gone along {@code lane}; {@link Wake#NEVER} where nothing
   * that is known leads to that.
   *
   * @param bytes above 0
   */
  long carriedAt(SpiLane lane, int bytes) {
    if (!underWay) {
      return Wake.NEVER;
    }
    long time = end;
    int carried = lane.underWay();
    int toSlave = forward.queued();
    int toMaster = backward.queued();
    while (carried < bytes) {
      if (toSlave == 0 && (toMaster == 0 || !slave.line())) {
        return Wake.NEVER;
      }
      int out = Math.min(toSlave, SpiTransfer.MAX_BYTES);
      int back = Math.min(toMaster, SpiTransfer.MAX_BYTES);
      time += gap + nanos(SpiTransfer.HEADER_BYTES + Math.max(out, back));
      carried += lane == forward ? out : back;
      toSlave -= out;
      toMaster -= back;
    }
    return time;
  }

  /** A reset master ends the transfer; a reset slave takes no part in it any more. */
  void reset(EmulatedSpi port) {
    int soFar = clockedSoFar();
    if (port == master) {
      forward.resetSender(soFar);
      backward.resetReceiver();
      if (underWay) {
        finish(soFar);
      }
    } else {
      backward.resetSender(soFar);
      forward.resetReceiver();
      end = start + nanos(length());
    }
    changed();
  }

  private int clockedSoFar() {
    return underWay ? (int) (Math.max(0, schedule.now() - start) * hertz / BYTE_TIME) : 0;
  }

  private void beginWhereWanted(long time) {
    if (!underWay && (forward.queued() > 0 || slave.line())) {
      underWay = true;
      start = time + gap;
      forward.begin();
      backward.begin();
      end = start + nanos(length());
    }
  }

  private void finish(int bytes) {
    underWay = false;
    forward.end(bytes);
    backward.end(bytes);
    clocked += bytes;
  }

  /** Bytes of the transfer under way. */
  private int length() {
    return SpiTransfer.HEADER_BYTES + Math.max(forward.underWay(), backward.underWay());
  }

  /** The time of so many bytes. */
  private long nanos(int bytes) {
    return (bytes * BYTE_TIME + hertz - 1) / hertz;
  }
}
