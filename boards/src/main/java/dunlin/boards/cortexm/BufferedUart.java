package dunlin.boards.cortexm;

import dunlin.kernels.Unchecked;

/** A UART with queues, which an interrupt for each byte fills and empties. */
@Unchecked
public final class BufferedUart implements InterruptedPort {
  private final UartReceiver receiver;
  private final UartSender sender;

  /** A UART with queues as the settings say. */
  public BufferedUart(Processor processor, int[] settings, Alarm alarm, SerialHardware hardware) {
    sender = new UartSender(processor, hardware, alarm, settings[Settings.TRANSMIT_QUEUE]);
    receiver =
        new UartReceiver(processor, hardware, alarm, sender, settings[Settings.RECEIVE_QUEUE]);
  }

  /** What its interrupts call. */
  UartReceiver receiver() {
    return receiver;
  }

  @Override
  public void interrupt() {
    receiver.interrupt();
  }

  @Override
  public boolean await(int receive, boolean framed, int transmit) {
    boolean room = sender.await(transmit);
    return receiver.await(receive, framed) || room;
  }

  @Override
  public int available() {
    return receiver.count();
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return receiver.take(into, offset, max);
  }

  @Override
  public int writable() {
    return sender.room();
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    return sender.put(from, offset, count);
  }

  @Override
  public int errors() {
    return receiver.errors();
  }
}
