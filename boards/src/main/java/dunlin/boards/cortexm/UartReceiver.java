package dunlin.boards.cortexm;

import dunlin.hal.Framing;
import dunlin.kernels.Copy;
import dunlin.kernels.Unchecked;

/**
 * A UART's interrupt, and the queue of the bytes that it has received. An interrupt is for one
 * byte, so all that it need not do for each is left to every so many: a count says how many bytes
 * may be put before anything is to be looked at, be it the ring's end, a full queue, or the number
 * that the program waits for.
 */
@Unchecked
public final class UartReceiver {
  /** So that frames, most of which are whole words, lie aligned. */
  private static final int WORD = 4;

  private final Processor processor;
  private final SerialHardware hardware;
  private final Alarm alarm;
  private final UartSender sender;

  /** Longer than what it may hold: the place of the next byte is always free. */
  private final byte[] ring;

  private final int capacity;

  /** Where the next byte goes. */
  private int head;

  /** Where {@link #head} is when there is something to look at, and how many bytes that takes. */
  private int end;

  private int batch;

  /** Where the next byte comes from; the program's. */
  private int tail;

  /** Whether the next byte finds no room. */
  private boolean full;

  /** Bytes to come before the alarm rings, 0 for none; and whether the last is a header's. */
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
    ring = new byte[(capacity / WORD + 1) * WORD];
    aim();
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
    ring[head] = (byte) value;
    head++;
    if (head == end) {
      look();
    }
  }

  private void look() {
    if (full) {
      errors++;
      head--;
      return;
    }
    if (awaited > 0) {
      awaited -= batch;
      if (awaited == 0 && !goesOn()) {
        alarm.ring();
      }
    }
    head = head == ring.length ? 0 : head;
    aim();
  }

  /** Reckons how long nothing has to be looked at. */
  private void aim() {
    int room = capacity - held();
    full = room == 0;
    int straight = Math.min(full ? 1 : room, ring.length - head);
    batch = awaited > 0 ? Math.min(straight, awaited) : straight;
    end = head + batch;
  }

  /** Whether a header is in whose frame is not: waits for the rest of it. */
  private boolean goesOn() {
    if (!framed) {
      return false;
    }
    framed = false;
    int length = at(Framing.LENGTH) | at(Framing.LENGTH + 1) << 8;
    int frame = Framing.HEADER_BYTES + length + Framing.TRAILER_BYTES;
    awaited = length > Framing.MAX_PAYLOAD ? 0 : Math.min(frame, capacity) - held();
    return awaited > 0;
  }

  private int at(int index) {
    int place = tail + index;
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
    awaited = Math.max(0, Math.min(count, capacity) - held());
    if (awaited == 0 && (count == 0 || !goesOn())) {
      return count > 0;
    }
    aim();
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
    int straight = Math.min(n, ring.length - tail);
    Copy.bytes(ring, tail, into, offset, straight);
    if (n > straight) {
      Copy.bytes(ring, 0, into, offset + straight, n - straight);
    }
    processor.fence();
    tail = tail + n < ring.length ? tail + n : tail + n - ring.length;
    processor.fence();
    if (full) {
      processor.disableInterrupts();
      aim();
      processor.enableInterrupts();
    }
    return n;
  }
}
