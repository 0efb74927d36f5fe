package dunlin.hal.emulated;

import dunlin.hal.Uart;

/** A board's end of a UART link. What an unwired port sends is lost. */
public final class EmulatedUart implements Uart {
  private final EmulatedBoard board;
  private final int index;
  private final BoardSpec.UartSpec spec;

  private EmulatedUart peer;
  private boolean wired;
  private Lane out;
  private Lane in;
  private long overrunsAtBoot;

  EmulatedUart(EmulatedBoard board, int index, BoardSpec.UartSpec spec) {
    this.board = board;
    this.index = index;
    this.spec = spec;
    this.out = new Lane(spec.transmitQueue(), spec.baud(), 0);
    this.in = new Lane(0, spec.baud(), spec.receiveQueue());
  }

  @Override
  public int available() {
    return in.available(board.virtualTime());
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return in.read(board.virtualTime(), into, offset, max);
  }

  @Override
  public int writable() {
    return out.writable(board.virtualTime());
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = out.write(board.virtualTime(), from, offset, count);
    if (accepted > 0 && peer != null) {
      peer.expectMore();
    }
    return accepted;
  }

  @Override
  public int errors() {
    return (int) (in.overruns(board.virtualTime()) - overrunsAtBoot);
  }

  /** {@code "board.uart0"}. */
  @Override
  public String toString() {
    return board.name() + ".uart" + index;
  }

  BoardSpec.UartSpec spec() {
    return spec;
  }

  /** The lane that this end receives from. */
  Lane in() {
    return in;
  }

  /** The lane that this end sends to. */
  Lane out() {
    return out;
  }

  /** Plugs the wire in; {@code other} is null for the host. */
  void plug(Lane sendTo, Lane receiveFrom, EmulatedUart other) {
    if (wired) {
      throw new IllegalArgumentException(this + " is wired already");
    }
    wired = true;
    out = sendTo;
    in = receiveFrom;
    peer = other;
  }

  /** Bytes are under way to this end: its board may be due sooner. */
  void expectMore() {
    board.awaitBytes(index);
  }

  /** Empties both queues; what this end has not sent will not reach the other. */
  void reset() {
    long now = board.virtualTime();
    out.resetSender(now);
    in.resetReceiver(now);
    overrunsAtBoot = in.overruns(now);
    if (peer != null) {
      peer.expectMore();
    }
  }
}
