package dunlin.boards.cortexm;

import dunlin.hal.Framing;
import dunlin.kernels.Copy;
import dunlin.kernels.Unchecked;

/**
 * A UART's interrupt, and the queue of the bytes that it has received. An interrupt is for one
 * byte, so all that it need not do for each is left to every so many: until {@link #end} there is
 * nothing to look at, be it the ring's end, a full queue, or the number that the program waits for.
 * Places are addresses, so that a byte is kept with one instruction.
 */
@Unchecked
public final class UartReceiver {
  /** So that frames, most of which are whole words, lie aligned. */
  private static final int WORD = 4;

  private final Processor processor;
  private final SerialHardware hardware;
  private final Alarm alarm;
  private final UartSender sender;

  /** Longer than what it may hold by two or more: a byte that finds no room has a place, too. */
  private final byte[] ring;

  private final int ringStart;
  private final int ringEnd;
  private final int capacity;

  /** Where the next byte goes. */
  private int head;

  /** Where {@link #head} is when there is something to look at. */
  private int end;

  /** Where the next byte comes from; the program's. */
  private int tail;

  /** Bytes held at which the alarm rings, 0 for never; and whether the last is a header's. */
  private int awaited;

  private boolean framed;
  private int errors;

  UartReceiver(
      Processor processor, SerialHardware hardware, Alarm alarm, UartSender sender, int capacity) {
    this.processor = processor;
    this.hardware = hardware;
    this.alarm = alarm;
    this.sender = sender;
    this.capacity = capacity;
    ring = new byte[((capacity + 1) / WORD + 1) * WORD];
    ringStart = processor.address(ring);
    ringEnd = ringStart + ring.length;
    head = ringStart;
    tail = ringStart;
    aim(0);
  }

  /** A byte is in, or there is room for one, or something went wrong. */
  void interrupt() {
    if (hardware.onlyReceived()) {
      put(hardware.receive());
    } else {
      unusual();
    }
  }

  private void unusual() {
    int status = hardware.status();
    if ((status & SerialHardware.RECEIVED) != 0) {
      put(hardware.receive());
    }
    if ((status & SerialHardware.ERROR) != 0) {
      errors++;
    }
    sender.interrupt();
  }

  private void put(int value) {
    int at = head;
    processor.writeByte(at, value);
    head = at + 1;
    if (at + 1 == end) {
      look();
    }
  }

  private void look() {
    int held = held();
    if (held > capacity) {
      errors++;
      head--;
      return;
    }
    if (awaited > 0 && held >= awaited && !goesOn(held)) {
      awaited = 0;
      alarm.ring();
    }
    head = head == ringEnd ? ringStart : head;
    aim(held);
  }

  /** Reckons how long nothing has to be looked at: until a full queue's next byte, at the most. */
  private void aim(int held) {
    int most = held < awaited ? awaited - held : Math.max(1, capacity - held);
    end = head + Math.min(most, ringEnd - head);
  }

  /** Whether a header is in whose frame is not: waits for the rest of it. */
  private boolean goesOn(int held) {
    if (!framed) {
      return false;
    }
    framed = false;
    int length = at(Framing.LENGTH) | at(Framing.LENGTH + 1) << 8;
    int frame = Framing.HEADER_BYTES + length + Framing.TRAILER_BYTES;
    awaited = length > Framing.MAX_PAYLOAD ? 0 : Math.min(frame, capacity);
    return held < awaited;
  }

  private int at(int index) {
    int place = tail - ringStart + index;
    return ring[place < ring.length ? place : place - ring.length] & 0xff;
  }

  private int held() {
    int count = head - tail;
    return count < 0 ? count + ring.length : count;
  }

  /**
   * Rings the alarm once so many bytes are in; with interrupts disabled.
   *
   * @return whether they are in already
   */
  boolean await(int count, boolean header) {
    framed = header;
    awaited = Math.min(count, capacity);
    int held = held();
    if (count == 0 || held >= awaited && !goesOn(held)) {
      awaited = 0;
      return count > 0;
    }
    aim(held);
    return false;
  }

  /** Bytes that can be taken. */
  int count() {
    processor.fence();
    return held();
  }

  /** Errors of the hardware, and bytes that found no room. */
  int errors() {
    processor.fence();
    return errors;
  }

  /** Takes as many bytes as there are, at most {@code max}; how many. */
  int take(byte[] into, int offset, int max) {
    int n = Math.min(max, count());
    int straight = Math.min(n, ringEnd - tail);
    Copy.bytes(ring, tail - ringStart, into, offset, straight);
    if (n > straight) {
      Copy.bytes(ring, 0, into, offset + straight, n - straight);
    }
    processor.fence();
    tail = tail + n < ringEnd ? tail + n : tail + n - ring.length;
    return n;
  }
}
