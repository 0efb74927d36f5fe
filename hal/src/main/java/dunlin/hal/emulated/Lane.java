package dunlin.hal.emulated;

import dunlin.hal.Wake;

/**
 * One direction of a UART link: the sender's transmit queue, the line, and the receiver's receive
 * queue. Time is computed, never ticked: bytes written to an idle line at time s arrive at s +
 * set-up + (i + 1) · bits / baud, rounded up to the nanosecond; bytes written while it is busy
 * follow without a gap, so nothing drifts. Whoever asks at some time first lets the line deliver up
 * to that time; that order cannot be told from an event for every byte, since nothing else touches
 * the queues.
 */
final class Lane {
  private static final long NANOS = 1_000_000_000;

  private final ByteQueue sending;
  private final ByteQueue received;
  private final int baud;

  /** In nanoseconds · baud. */
  private final long byteTime;

  /** What an idle line takes to begin. */
  private final long setupNanos;

  /** When the burst under way began, in nanoseconds, and how many of its bytes have arrived. */
  private long burst;

  private long arrived;

  private long carried;
  private long overruns;

  /** Null on a good line. */
  private Interference interference;

  /** A line with the rate of {@code line}, whatever the queues at its ends. */
  Lane(int transmitQueue, BoardSpec.UartSpec line, int receiveQueue) {
    this.sending = new ByteQueue(transmitQueue);
    this.received = new ByteQueue(receiveQueue);
    this.baud = line.baud();
    this.byteTime = line.bits() * NANOS;
    this.setupNanos = line.setupNanos();
  }

  /** Queues what fits of {@code count} bytes, and returns how many did. */
  int write(long now, byte[] from, int offset, int count) {
    deliver(now);
    int accepted = Math.min(count, sending.room());
    if (accepted > 0) {
      if (sending.size() == 0) {
        burst = now + setupNanos;
        arrived = 0;
      }
      sending.add(from, offset, accepted);
    }
    return accepted;
  }

  int writable(long now) {
    deliver(now);
    return sending.room();
  }

  int read(long now, byte[] into, int offset, int max) {
    deliver(now);
    int moved = Math.min(max, received.size());
    received.remove(into, offset, moved);
    return moved;
  }

  int available(long now) {
    deliver(now);
    return received.size();
  }

  /**
   * When {@code count} bytes can be read, or the receive queue is full: a time that may have
   * passed, or {@link Wake#NEVER} where that takes more than is on the way.
   */
  long readableAt(int count) {
    return arrival(Math.min(count, received.limit()) - received.size());
  }

  /** When {@code count} bytes can be written, or the transmit queue is empty. */
  long writableAt(int count) {
    return arrival(Math.min(count, sending.limit()) - sending.room());
  }

  /** Bytes that have arrived, those lost to overruns included. */
  long carried(long now) {
    deliver(now);
    return carried;
  }

  /** Bytes lost since they found the receive queue full. */
  long overruns(long now) {
    deliver(now);
    return overruns;
  }

  /** From now on, this happens to what arrives. */
  void disturb(long now, Interference what) {
    deliver(now);
    interference = what;
  }

  /** The line goes on with what is on it so much later. */
  void delay(long now, long nanos) {
    deliver(now);
    burst += nanos;
  }

  /** The sender is reset: what it has not sent yet is lost. */
  void resetSender(long now) {
    deliver(now);
    sending.drop(sending.size());
  }

  /** The receiver is reset: what it has not read is lost. */
  void resetReceiver(long now) {
    deliver(now);
    received.drop(received.size());
  }

  private void deliver(long now) {
    int count = arrivedBy(now);
    carried += count;
    overruns += move(count);
    arrived += count;
    if (arrived >= baud) { // so many bytes take whole seconds: the products below stay small
      burst += arrived / baud * byteTime;
      arrived %= baud;
    }
  }

  /** Moves what arrives, and says how much of it found no room. */
  private int move(int count) {
    if (interference != null) {
      return interference.carry(sending, received, count);
    }
    int kept = Math.min(count, received.room());
    sending.moveTo(received, kept);
    sending.drop(count - kept);
    return count - kept;
  }

  private int arrivedBy(long now) {
    int size = sending.size();
    if (size == 0 || now >= arrival(size)) {
      return size;
    }
    return (int) Math.max(0, (now - burst) * baud / byteTime - arrived); // it may be held up
  }

  /** When the {@code nth} byte of the transmit queue arrives; nth ≤ 0 is "long ago". */
  private long arrival(int nth) {
    if (nth <= 0) {
      return 0;
    }
    if (nth > sending.size()) {
      return Wake.NEVER;
    }
    return burst + ((arrived + nth) * byteTime + baud - 1) / baud;
  }
}
