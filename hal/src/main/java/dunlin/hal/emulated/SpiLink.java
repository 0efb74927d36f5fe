package dunlin.hal.emulated;

import dunlin.hal.Wake;

/**
 * A master and a slave, the clock between them, and the exchange that it clocks. The data moves
 * when the exchange ends.
 */
public final class SpiLink {
  private static final long BYTE_TIME = 8_000_000_000L; // nanoseconds · hertz

  private final Schedule schedule;
  private final EmulatedSpi master;
  private final EmulatedSpi slave;
  private final int hertz;

  /** The exchange that is being clocked, if any, and whether the slave takes part in it. */
  private boolean clocking;

  private long start;
  private long end;
  private boolean together;

  private long exchanged;

  SpiLink(Schedule schedule, EmulatedSpi master, EmulatedSpi slave, int hertz) {
    if (hertz <= 0) {
      throw new IllegalArgumentException("SPI: a clock of " + hertz + " Hz");
    }
    this.schedule = schedule;
    this.master = master;
    this.slave = slave;
    this.hertz = hertz;
  }

  /** Bytes that went both ways in exchanges that have ended. */
  public long bytes() {
    settle();
    return exchanged;
  }

  /** {@code "a.spi0 - b.spi0"}, the master first. */
  @Override
  public String toString() {
    return master + " - " + slave;
  }

  EmulatedSpi master() {
    return master;
  }

  boolean slaveReady() {
    return slave.readyLine();
  }

  /** The master starts to clock its exchange, with the slave where that has asked for one. */
  void clock() {
    clocking = true;
    start = schedule.now();
    end = start + (master.count() * BYTE_TIME + hertz - 1) / hertz;
    together = slave.pending();
    slave.reschedule();
  }

  /** When the exchange that {@code port} has asked for ends. */
  long endsAt(EmulatedSpi port) {
    return clocking && (port == master || together) ? end : Wake.NEVER;
  }

  /** Lets an exchange whose time has come take effect. */
  void settle() {
    if (clocking && schedule.now() >= end) {
      finish(master.count());
    }
  }

  /** A reset master stops the clock; a reset slave takes no part any more. */
  void reset(EmulatedSpi port) {
    settle();
    if (port == slave) {
      together = false;
    } else if (clocking) {
      finish((int) ((schedule.now() - start) * hertz / BYTE_TIME));
      slave.reschedule();
    }
  }

  private void finish(int clocked) {
    clocking = false;
    int shared = together ? Math.min(clocked, slave.count()) : 0;
    byte[] toSlave = master.outgoing(shared);
    byte[] toMaster = slave.outgoing(shared);
    master.complete(toMaster, clocked);
    if (together) {
      slave.complete(toSlave, shared);
    }
    exchanged += shared;
  }
}
