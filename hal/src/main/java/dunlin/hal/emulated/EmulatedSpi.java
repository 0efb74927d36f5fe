package dunlin.hal.emulated;

import dunlin.hal.Wake;

/**
 * A board's end of an SPI link, and the ready line of a slave. An unwired port is a slave that
 * nobody clocks.
 */
public final class EmulatedSpi extends EmulatedPort {
  private final BoardSpec.SpiSpec spec;

  private SpiLink link;
  private SpiLane out;
  private SpiLane in;
  private boolean heldLow;
  private long errorsAtBoot;

  EmulatedSpi(EmulatedBoard board, int number, int index, BoardSpec.SpiSpec spec) {
    super(board, number, "spi" + index);
    this.spec = spec;
    this.out = new SpiLane(spec.transmitQueue(), 0);
    this.in = new SpiLane(0, spec.receiveQueue());
  }

  @Override
  public int available() {
    settle();
    return in.available();
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    settle();
    return in.read(into, offset, max);
  }

  @Override
  public int writable() {
    settle();
    return out.room();
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    settle();
    int accepted = out.write(from, offset, count);
    if (accepted > 0) {
      changed();
    }
    return accepted;
  }

  @Override
  public int errors() {
    settle();
    return (int) (in.errors() - errorsAtBoot);
  }

  /** The ready line: high where this slave has bytes queued beyond the transfer under way. */
  public boolean ready() {
    settle();
    return line();
  }

  /** Host: holds this slave's ready line low, as a broken wire would, or lets go of it. */
  public void holdReadyLow(boolean held) {
    settle();
    heldLow = held;
    changed();
  }

  BoardSpec.SpiSpec spec() {
    return spec;
  }

  void plug(SpiLink wire, SpiLane sendTo, SpiLane receiveFrom) {
    takeWire();
    link = wire;
    out = sendTo;
    in = receiveFrom;
  }

  /** The ready line, where all transfers whose time has come have taken effect. */
  boolean line() {
    return !heldLow && out.queued() > 0 && (link == null || link.slave() == this);
  }

  @Override
  long readableAt(int count) {
    return carriedAt(in, in.missing(count));
  }

  @Override
  long writableAt(int count) {
    return carriedAt(out, out.missingRoom(count));
  }

  @Override
  void reset() {
    settle();
    if (link == null) {
      out.resetSender(0);
    } else {
      link.reset(this);
    }
    errorsAtBoot = in.errors();
  }

  private long carriedAt(SpiLane lane, int bytes) {
    if (bytes <= 0) {
      return 0;
    }
    return link == null ? Wake.NEVER : link.carriedAt(lane, bytes);
  }

  private void settle() {
    if (link != null) {
      link.settle();
    }
  }

  private void changed() {
    if (link != null) {
      link.changed();
    }
  }
}
