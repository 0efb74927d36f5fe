package dunlin.hal.emulated;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Uart;
import dunlin.hal.Wake;

/** Sends back what it receives on UART 0, and loses nothing that fits its queues. */
final class Echo implements Machine {
  private final Uart uart;
  private final byte[] buffer = new byte[4];

  Echo(Board board) {
    uart = board.uart(0);
  }

  @Override
  public void step(long now, Wake wake) {
    int count = uart.read(buffer, 0, Math.min(buffer.length, uart.writable()));
    uart.write(buffer, 0, count);
    if (uart.writable() > 0) {
      wake.receive[0] = 1;
    } else {
      wake.transmit[0] = 1;
    }
  }
}
