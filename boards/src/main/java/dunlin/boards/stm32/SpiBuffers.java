package dunlin.boards.stm32;

import dunlin.boards.cortexm.ByteRing;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.hal.SpiTransfer;
import dunlin.kernels.Dsp;

/**
 * The bytes of an SPI port: those that wait, those that have come, and the two buffers of the
 * {@link SpiTransfer} under way, headers included.
 */
final class SpiBuffers {
  /** Bytes of a whole transfer. */
  static final int TRANSFER_BYTES = SpiTransfer.HEADER_BYTES + SpiTransfer.MAX_BYTES;

  private final byte[] out = new byte[TRANSFER_BYTES];
  private final byte[] in = new byte[TRANSFER_BYTES];
  private final Processor processor;
  private final ByteRing toSend;
  private final ByteRing received;

  /** Real bytes that this end sends in the transfer under way. */
  private int carried;

  private int errors;

  SpiBuffers(Processor processor, int[] settings) {
    this.processor = processor;
    toSend = new ByteRing(processor, settings[Settings.SPI_TRANSMIT_QUEUE]);
    received = new ByteRing(processor, settings[Settings.SPI_RECEIVE_QUEUE]);
  }

  /** What is sent in the transfer. */
  byte[] out() {
    return out;
  }

  /** What comes in. */
  byte[] in() {
    return in;
  }

  /** Whether bytes wait for the next transfer. */
  boolean waiting() {
    return toSend.count() > 0;
  }

  /** Takes what waits along in a transfer; how many bytes. */
  int load() {
    carried = toSend.takeAll(out, SpiTransfer.HEADER_BYTES, SpiTransfer.MAX_BYTES);
    Dsp.store32(out, 0, SpiTransfer.header(carried));
    return carried;
  }

  /** How many real bytes the other end sends, once its header is in; -1 where it is none. */
  int announced() {
    return SpiTransfer.count(Dsp.load32(in, 0));
  }

  /** The transfer has ended after {@code clocked} bytes, the header's included. */
  void deliver(int clocked) {
    carried = 0;
    if (clocked < SpiTransfer.HEADER_BYTES) {
      return;
    }
    int real = Math.min(announced(), clocked - SpiTransfer.HEADER_BYTES);
    if (real < 0) {
      errors++;
    } else {
      errors += real - received.putAll(in, SpiTransfer.HEADER_BYTES, real);
    }
  }

  /** More bytes than the receive queue holds are those that it holds. */
  int mostReceived(int count) {
    return Math.min(count, received.capacity());
  }

  /** More room than there ever is, is all of it. */
  int mostRoom(int count) {
    return Math.min(count, toSend.capacity());
  }

  int available() {
    return received.count();
  }

  int read(byte[] into, int offset, int max) {
    return received.takeAll(into, offset, max);
  }

  /** A byte that is under way takes its room until the transfer ends. */
  int room() {
    processor.fence();
    return Math.max(0, toSend.free() - carried);
  }

  int write(byte[] from, int offset, int count) {
    return toSend.putAll(from, offset, Math.min(count, room()));
  }

  int errors() {
    processor.fence();
    return errors;
  }
}
