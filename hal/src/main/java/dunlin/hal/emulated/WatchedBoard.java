package dunlin.hal.emulated;

import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Port;
import dunlin.hal.Watchdog;

/** A board of which somebody sees what its firmware reads from its ports and writes to them. */
public abstract class WatchedBoard implements Board {
  private final Board board;
  private final WatchedPort[] ports;

  /** Watches {@code board}. */
  protected WatchedBoard(Board board) {
    this.board = board;
    ports = new WatchedPort[board.ports()];
  }

  /** The firmware has read {@code count} bytes, perhaps 0, from a port. */
  protected abstract void received(int port, byte[] into, int offset, int count);

  /** The firmware has written {@code count} bytes, perhaps 0, to a port. */
  protected abstract void sent(int port, byte[] from, int offset, int count);

  @Override
  public final Clock clock() {
    return board.clock();
  }

  @Override
  public final Flash flash() {
    return board.flash();
  }

  @Override
  public final Watchdog watchdog() {
    return board.watchdog();
  }

  @Override
  public final Gpio gpio() {
    return board.gpio();
  }

  @Override
  public final void reset() {
    board.reset();
  }

  @Override
  public final int ports() {
    return board.ports();
  }

  @Override
  public final Port port(int index) {
    return ports[index];
  }

  @Override
  public final Port open(int index, boolean master) {
    ports[index] = new WatchedPort(board.open(index, master), index);
    return ports[index];
  }

  @Override
  public final int hostPorts() {
    return board.hostPorts();
  }

  @Override
  public final int ramRegions() {
    return board.ramRegions();
  }

  @Override
  public byte[] reserve(int region, int bytes) {
    return board.reserve(region, bytes);
  }

  @Override
  public final int type() {
    return board.type();
  }

  @Override
  public int uid(int index) {
    return board.uid(index);
  }

  private final class WatchedPort implements Port {
    private final Port port;
    private final int index;

    WatchedPort(Port port, int index) {
      this.port = port;
      this.index = index;
    }

    @Override
    public int available() {
      return port.available();
    }

    @Override
    public int read(byte[] into, int offset, int max) {
      int count = port.read(into, offset, max);
      received(index, into, offset, count);
      return count;
    }

    @Override
    public int writable() {
      return port.writable();
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      int accepted = port.write(from, offset, count);
      sent(index, from, offset, accepted);
      return accepted;
    }

    @Override
    public int errors() {
      return port.errors();
    }
  }
}
