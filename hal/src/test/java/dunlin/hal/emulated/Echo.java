package dunlin.hal.emulated;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.hal.Wake;

/** Sends back what it receives on port 0, and loses nothing that fits its queues. */
final class Echo implements Machine {
  private final Port port;
  private final byte[] buffer = new byte[4];

  Echo(Board board) {
    port = board.port(0);
  }

  @Override
  public void step(long now, Wake wake) {
    int count = port.read(buffer, 0, Math.min(buffer.length, port.writable()));
    port.write(buffer, 0, count);
    if (port.writable() > 0) {
      wake.receive[0] = 1;
    } else {
      wake.transmit[0] = 1;
    }
  }
}
