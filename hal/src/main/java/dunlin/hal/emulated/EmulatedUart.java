package dunlin.hal.emulated;

/** A board's end of a UART link. What an unwired port sends is lost. */
public final class EmulatedUart extends EmulatedPort {
  private final BoardSpec.UartSpec spec;

  private EmulatedUart peer;
  private Lane out;
  private Lane in;
  private long overrunsAtBoot;

  EmulatedUart(EmulatedBoard board, int number, int index, BoardSpec.UartSpec spec) {
    super(board, number, "uart" + index);
    this.spec = spec;
    this.out = new Lane(spec.transmitQueue(), spec, 0);
    this.in = new Lane(0, spec, spec.receiveQueue());
  }

  @Override
  public int available() {
    return in.available(now());
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return in.read(now(), into, offset, max);
  }

  @Override
  public int writable() {
    return out.writable(now());
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = out.write(now(), from, offset, count);
    if (accepted > 0 && peer != null) {
      peer.reconsider();
    }
    return accepted;
  }

  @Override
  public int errors() {
    return (int) (in.overruns(now()) - overrunsAtBoot);
  }

  BoardSpec.UartSpec spec() {
    return spec;
  }

  /** Plugs the wire in; {@code other} is null for the host. */
  void plug(Lane sendTo, Lane receiveFrom, EmulatedUart other) {
    takeWire();
    out = sendTo;
    in = receiveFrom;
    peer = other;
  }

  @Override
  long readableAt(int count) {
    return in.readableAt(count);
  }

  @Override
  long writableAt(int count) {
    return out.writableAt(count);
  }

  @Override
  void reset() {
    out.resetSender(now());
    in.resetReceiver(now());
    overrunsAtBoot = in.overruns(now());
    if (peer != null) {
      peer.reconsider();
    }
  }
}
