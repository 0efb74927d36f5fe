package dunlin.hal.emulated;

import dunlin.hal.Spi;
import dunlin.hal.Wake;
import java.util.Arrays;

/** A board's end of an SPI link. An unwired port is a slave that nobody clocks. */
public final class EmulatedSpi implements Spi {
  private static final byte FLOATING = -1;

  private final EmulatedBoard board;
  private final int index;
  private SpiLink link;
  private boolean ready;

  private boolean pending;
  private byte[] out = {};
  private int outOffset;
  private byte[] in = {};
  private int inOffset;
  private int count;
  private int exchanged;

  EmulatedSpi(EmulatedBoard board, int index) {
    this.board = board;
    this.index = index;
  }

  @Override
  public boolean master() {
    return link != null && link.master() == this;
  }

  @Override
  public boolean peerReady() {
    return master() && link.slaveReady();
  }

  @Override
  public void ready(boolean high) {
    if (!master()) {
      ready = high;
      if (link != null) {
        link.master().reschedule();
      }
    }
  }

  @Override
  public boolean busy() {
    settle();
    return pending;
  }

  @Override
  public boolean exchange(byte[] out, int outOffset, byte[] in, int inOffset, int count) {
    if (busy()) {
      return false;
    }
    this.out = out;
    this.outOffset = outOffset;
    this.in = in;
    this.inOffset = inOffset;
    this.count = count;
    pending = true;
    if (master()) {
      link.clock();
    }
    return true;
  }

  @Override
  public int exchanged() {
    settle();
    return exchanged;
  }

  /** {@code "board.spi0"}. */
  @Override
  public String toString() {
    return board.name() + ".spi" + index;
  }

  void plug(SpiLink wire) {
    if (link != null) {
      throw new IllegalArgumentException(this + " is wired already");
    }
    link = wire;
  }

  boolean readyLine() {
    return ready;
  }

  boolean pending() {
    return pending;
  }

  int count() {
    return count;
  }

  /** When the port is not busy: a time that may have passed, or never as far as is known. */
  long idleAt() {
    if (!pending) {
      return 0;
    }
    return link == null ? Wake.NEVER : link.endsAt(this);
  }

  /** A copy of the first {@code bytes} that this end sends. */
  byte[] outgoing(int bytes) {
    return Arrays.copyOfRange(out, outOffset, outOffset + bytes);
  }

  /** Ends the exchange after {@code clocked} bytes; those that nobody sent read as ones. */
  void complete(byte[] received, int clocked) {
    System.arraycopy(received, 0, in, inOffset, received.length);
    Arrays.fill(in, inOffset + received.length, inOffset + clocked, FLOATING);
    pending = false;
    exchanged = clocked;
  }

  /** Lets an exchange whose time has come take effect. */
  void settle() {
    if (link != null) {
      link.settle();
    }
  }

  void reschedule() {
    board.reschedule();
  }

  void reset() {
    if (link != null) {
      link.reset(this);
    }
    pending = false;
    exchanged = 0;
    ready(false);
  }
}
