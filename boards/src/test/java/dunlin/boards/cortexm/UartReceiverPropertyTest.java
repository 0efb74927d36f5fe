package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.hal.Framing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against a queue that looks at everything after every byte. */
class UartReceiverPropertyTest {
  private static final int FRAMELESS = 0;

  private final RegisterModel processor = new RegisterModel();
  private final Alarm alarm = new Alarm(processor);
  private final Bytes hardware = new Bytes();
  private final Deque<Byte> expected = new ArrayDeque<>();
  private UartReceiver receiver;
  private int capacity;
  private int lost;

  private void open(int bytes) {
    capacity = bytes;
    expected.clear();
    lost = 0;
    alarm.set();
    UartSender sender = new UartSender(processor, hardware, alarm, 8);
    receiver = new UartReceiver(processor, hardware, alarm, sender, bytes);
  }

  @Property
  void shouldHoldWhatCameAndRingInTime(
      @ForAll @IntRange(min = 1, max = 40) int bytes, @ForAll Random random) {
    open(bytes);
    for (int round = 0; round < 60; round++) {
      int wanted = random.nextInt(bytes + 5);
      alarm.set();
      boolean there = receiver.await(wanted, false);
      assertEquals(wanted > 0 && expected.size() >= Math.min(wanted, bytes), there);
      boolean due = false;
      for (int i = random.nextInt(bytes + 3); i > 0; i--) {
        comes((byte) random.nextInt());
        due |= !there && wanted > 0 && expected.size() == Math.min(wanted, bytes);
        assertEquals(due, alarm.hasRung());
      }
      takes(random.nextInt(bytes + 3));
    }
    assertEquals(lost, receiver.errors());
  }

  @Property
  void shouldRingOnceAFrameIsWhole(@ForAll @IntRange(max = 256) int length) {
    open(3 * 272);
    byte[] frame =
        new byte[Framing.HEADER_BYTES + length + Framing.TRAILER_BYTES + 5]; // and of the next
    frame[Framing.LENGTH] = (byte) length;
    frame[Framing.LENGTH + 1] = (byte) (length >> 8);
    receiver.await(Framing.HEADER_BYTES, true);
    for (int i = 0; i < frame.length; i++) {
      comes(frame[i]);
      assertEquals(i >= frame.length - 6, alarm.hasRung(), "byte " + i);
    }
  }

  @Property
  void shouldNotSleepOnceAWholeFrameIsIn(@ForAll @IntRange(max = 16) int came) {
    open(3 * 272);
    for (int i = 0; i < came; i++) {
      comes((byte) FRAMELESS);
    }
    assertEquals(came == 16, receiver.await(Framing.HEADER_BYTES, true));
  }

  @Example
  void shouldRingForAHeaderThatIsNone() {
    open(3 * 272);
    receiver.await(Framing.HEADER_BYTES, true);
    for (int i = 0; i < Framing.HEADER_BYTES; i++) {
      assertEquals(false, alarm.hasRung());
      comes((byte) 0x7F);
    }
    assertEquals(true, alarm.hasRung());
  }

  private void comes(byte value) {
    hardware.incoming = value;
    receiver.interrupt();
    if (expected.size() < capacity) {
      expected.add(value);
    } else {
      lost++;
    }
    assertEquals(expected.size(), receiver.count());
  }

  private void takes(int most) {
    byte[] into = new byte[most + 2];
    int taken = receiver.take(into, 1, most);
    assertEquals(Math.min(most, expected.size()), taken);
    for (int i = 0; i < taken; i++) {
      assertEquals(expected.remove(), into[1 + i]);
    }
    assertEquals(0, into[0]);
    assertEquals(0, into[1 + taken]);
  }

  /** A byte comes with each interrupt. */
  private static final class Bytes implements SerialHardware {
    byte incoming;

    @Override
    public boolean onlyReceived() {
      return (incoming & 1) == 0; // both ways lead in
    }

    @Override
    public int status() {
      return RECEIVED;
    }

    @Override
    public int receive() {
      return incoming & 0xff;
    }

    @Override
    public boolean room() {
      return true;
    }

    @Override
    public void send(int value) {}

    @Override
    public void interruptWhenRoom(boolean wanted) {}
  }
}
