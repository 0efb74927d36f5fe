package dunlin.hil;

import dunlin.hal.Port;
import dunlin.host.run.Console;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The host's end of the console of a managed node, which steps while the host waits. */
final class ManagedConsole implements Console, Port {
  /** Steps that a node may take without a byte for the host: more than any pass has ops. */
  private static final int PATIENCE = 1_000_000;

  private final ManagedDesk desk;
  private final Runnable afterTurn;
  private byte[] arrived = {};

  /**
   * @param afterTurn called after each of the node's steps
   */
  ManagedConsole(ManagedDesk desk, Runnable afterTurn) {
    this.desk = desk;
    this.afterTurn = afterTurn;
  }

  @Override
  public Port port() {
    return this;
  }

  @Override
  public boolean await(int bytes) {
    int idle = 0;
    for (int turn = 0; turn < PATIENCE && available() < bytes && idle < 2; turn++) {
      desk.turn();
      afterTurn.run();
      idle = desk.slept() ? idle + 1 : 0;
    }
    return available() >= bytes;
  }

  @Override
  public String state() {
    return "a managed node";
  }

  @Override
  public int available() {
    byte[] more = desk.receive();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(arrived);
    all.writeBytes(more);
    arrived = all.toByteArray();
    return arrived.length;
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    int count = Math.min(max, available());
    System.arraycopy(arrived, 0, into, offset, count);
    arrived = Arrays.copyOfRange(arrived, count, arrived.length);
    return count;
  }

  @Override
  public int writable() {
    return 272;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    desk.send(Arrays.copyOfRange(from, offset, offset + count));
    return count;
  }

  @Override
  public int errors() {
    return 0;
  }
}
