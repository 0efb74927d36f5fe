package dunlin.hal.emulated;

import dunlin.hal.SpiTransfer;
import java.util.Arrays;

/**
 * One direction of an SPI link: the sender's transmit queue, what it says in the transfer under
 * way, and the receiver's receive queue.
 */
final class SpiLane {
  private final ByteQueue sending;
  private final ByteQueue received;

  /** What is said in the transfer under way; a header of 0 bytes where there is none. */
  private int header = SpiTransfer.header(0);

  private final byte[] said = new byte[SpiTransfer.MAX_BYTES];

  /** Whether the receiver has left the transfer under way. */
  private boolean deaf;

  private long carried;
  private long overruns;
  private long spoiltHeaders;

  /** Null on a good line. */
  private Interference interference;

  SpiLane(int transmitQueue, int receiveQueue) {
    sending = new ByteQueue(transmitQueue);
    received = new ByteQueue(receiveQueue);
  }

  /** Queues what fits of {@code count} bytes, and returns how many did. */
  int write(byte[] from, int offset, int count) {
    int accepted = Math.min(count, room());
    sending.add(from, offset, accepted);
    return accepted;
  }

  int read(byte[] into, int offset, int max) {
    int moved = Math.min(max, received.size());
    received.remove(into, offset, moved);
    return moved;
  }

  int available() {
    return received.size();
  }

  /** A byte that is under way takes its room until the transfer ends. */
  int room() {
    return sending.room() - underWay();
  }

  /** Bytes that wait for a transfer. */
  int queued() {
    return sending.size();
  }

  /** Bytes of the transfer under way. */
  int underWay() {
    return Math.max(0, SpiTransfer.count(header));
  }

  /** Bytes that must come before {@code count} can be read, or the receive queue is full. */
  int missing(int count) {
    return Math.min(count, received.limit()) - received.size();
  }

  /** Bytes that must go before {@code count} can be written, or the transmit queue is empty. */
  int missingRoom(int count) {
    return Math.min(count, sending.limit()) - room();
  }

  /** A transfer begins, and takes along what is queued. */
  void begin() {
    deaf = false;
    int count = Math.min(sending.size(), SpiTransfer.MAX_BYTES);
    sending.remove(said, 0, count);
    header = SpiTransfer.header(count);
  }

  /** The transfer ends after {@code clocked} bytes, the header's included. */
  void end(int clocked) {
    if (!deaf && clocked >= SpiTransfer.HEADER_BYTES) {
      int real = SpiTransfer.count(header);
      if (real < 0 || interference != null && spoilt(real)) {
        spoiltHeaders++;
      } else {
        receive(Math.min(real, clocked - SpiTransfer.HEADER_BYTES));
      }
    }
    header = SpiTransfer.header(0);
  }

  /** Lets interference have the header and the bytes; whether the header is one no more. */
  private boolean spoilt(int real) {
    boolean headerDamaged =
        interference.damage(new byte[SpiTransfer.HEADER_BYTES], SpiTransfer.HEADER_BYTES);
    interference.damage(said, real);
    return headerDamaged;
  }

  /** From now on, this happens to what is said. */
  void disturb(Interference what) {
    interference = what;
  }

  private void receive(int count) {
    int kept = Math.min(count, received.room());
    received.add(said, 0, kept);
    carried += count;
    overruns += count - kept;
  }

  /** The sender is reset: nobody drives the line for the rest of the transfer. */
  void resetSender(int clocked) {
    sending.drop(sending.size());
    if (clocked < SpiTransfer.HEADER_BYTES) {
      header = SpiTransfer.FLOATING;
    } else {
      Arrays.fill(
          said, Math.min(clocked - SpiTransfer.HEADER_BYTES, said.length), said.length, (byte) -1);
    }
  }

  /** The receiver is reset: what it has not read, and what is under way, is lost. */
  void resetReceiver() {
    received.drop(received.size());
    deaf = true;
  }

  /** Bytes that have arrived, those lost to overruns included. */
  long carried() {
    return carried;
  }

  /** Bytes lost since they found the receive queue full. */
  long overruns() {
    return overruns;
  }

  /** Overruns, and headers that were none. */
  long errors() {
    return overruns + spoiltHeaders;
  }
}
