package dunlin.boards.cortexm;

import dunlin.kernels.Unchecked;

/**
 * A UART with queues: each byte received comes with an interrupt, and each byte sent asks for the
 * next with one.
 */
@Unchecked
public final class BufferedUart implements InterruptedPort {
  private final Processor processor;
  private final SerialHardware hardware;
  private ByteRing received;
  private final ByteRing toSend;
  private int errors;

  /** Whether bytes wait for room. */
  private boolean sending;

  /** A UART with queues of so many bytes. */
  public BufferedUart(
      Processor processor, int receiveQueue, int transmitQueue, SerialHardware hardware) {
    this.processor = processor;
    this.hardware = hardware;
    received = new ByteRing(processor, receiveQueue);
    toSend = new ByteRing(processor, transmitQueue);
  }

  /** Makes the receive queue as large as this, if it is smaller; nothing in it is lost. */
  public void hold(int receiveQueue) {
    if (received.capacity() < receiveQueue) {
      ByteRing larger = new ByteRing(processor, receiveQueue);
      processor.disableInterrupts();
      while (received.count() > 0) {
        larger.put(received.take());
      }
      received = larger;
      processor.enableInterrupts();
    }
  }

  /** A byte is in, or there is room for one. */
  @Override
  public void interrupt() {
    int status = hardware.status();
    boolean kept = (status & SerialHardware.RECEIVED) == 0 || received.put(hardware.receive());
    if (!kept || (status & SerialHardware.ERROR) != 0) {
      errors++;
    }
    if (sending) {
      send();
    }
  }

  @Override
  public int available() {
    return received.count();
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return received.takeAll(into, offset, max);
  }

  @Override
  public int writable() {
    return toSend.free();
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = 0;
    int more;
    do {
      more = toSend.putAll(from, offset + accepted, count - accepted);
      accepted += more;
      processor.disableInterrupts();
      send();
      processor.enableInterrupts();
    } while (more > 0 && accepted < count);
    return accepted;
  }

  @Override
  public int errors() {
    processor.fence();
    return errors;
  }

  /** Fills the register while it has room, and asks for an interrupt where bytes are left. */
  private void send() {
    while (toSend.count() > 0 && hardware.room()) {
      hardware.send(toSend.take());
    }
    sending = toSend.count() > 0;
    hardware.interruptWhenRoom(sending);
  }
}
