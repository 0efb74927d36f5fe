package dunlin.boards.cortexm;

import dunlin.kernels.Unchecked;

/** The bytes that a UART is to send: each that goes asks for the next with an interrupt. */
@Unchecked
final class UartSender {
  private final Processor processor;
  private final SerialHardware hardware;
  private final Alarm alarm;
  private final ByteRing queue;

  /** Whether bytes wait for room. */
  private boolean waiting;

  /** Bytes of room at which the alarm is to ring; 0 for never. */
  private int awaited;

  UartSender(Processor processor, SerialHardware hardware, Alarm alarm, int capacity) {
    this.processor = processor;
    this.hardware = hardware;
    this.alarm = alarm;
    queue = new ByteRing(processor, capacity);
  }

  void interrupt() {
    if (waiting) {
      send();
    }
  }

  /** Rings the alarm once there is so much room; whether there is already. */
  boolean await(int room) {
    awaited = Math.min(room, queue.capacity());
    return room > 0 && queue.free() >= awaited;
  }

  /** Bytes for which there is room. */
  int room() {
    return queue.free();
  }

  /** Takes up to {@code count} bytes; how many. */
  int put(byte[] from, int offset, int count) {
    int accepted = 0;
    int more;
    do {
      more = queue.putAll(from, offset + accepted, count - accepted);
      accepted += more;
      processor.disableInterrupts();
      send();
      processor.enableInterrupts();
    } while (more > 0 && accepted < count);
    return accepted;
  }

  /** Fills the register while it has room, and asks for an interrupt where bytes are left. */
  private void send() {
    while (queue.count() > 0 && hardware.room()) {
      hardware.send(queue.take());
    }
    waiting = queue.count() > 0;
    hardware.interruptWhenRoom(waiting);
    if (awaited > 0 && queue.free() >= awaited) {
      awaited = 0;
      alarm.ring();
    }
  }
}
