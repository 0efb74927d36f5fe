package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Wake;
import dunlin.kernels.Dsp;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LinkTest {
  /** Longer than any frame, and no sync byte in it: ends whatever a damaged header announced. */
  private static final byte[] SILENCE = new byte[Frame.MAX_BYTES];

  private static final int BARE_FRAME = Frame.PAYLOAD + Frame.CRC_BYTES;

  record Message(int kind, int opIndex, int position, List<Byte> payload) {}

  @Provide
  Arbitrary<List<Message>> messages() {
    Arbitrary<Byte> bytes =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.bytes()),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Frame.SYNC)));
    return Combinators.combine(
            Arbitraries.integers().between(10, Frame.MAX_KIND),
            Arbitraries.integers().between(0, 65_535),
            Arbitraries.integers().between(0, 65_535),
            bytes.list().ofMaxSize(Frame.MAX_PAYLOAD))
        .as(Message::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property(tries = 300)
  void shouldReceiveWhatWasSentInSlicesOfAnySize(
      @ForAll("messages") List<Message> messages,
      @ForAll @IntRange(min = 1, max = 300) int writeSlice,
      @ForAll @IntRange(min = 1, max = 300) int readSlice) {
    byte[] wire = join(sent(messages, writeSlice));
    assertEquals(messages, received(wire, readSlice));
  }

  @Property(tries = 300)
  void shouldFindEveryFrameBetweenGarbage(
      @ForAll("messages") List<Message> messages,
      @ForAll byte[] garbage,
      @ForAll @IntRange(min = 1, max = 300) int slice) {
    List<byte[]> wire = new ArrayList<>();
    for (byte[] frame : sent(messages, 300)) {
      wire.add(garbage);
      wire.add(SILENCE);
      wire.add(frame);
    }
    assertEquals(messages, received(join(wire), slice));
  }

  @Property(tries = 300)
  void shouldDropATruncatedFrameAndAllThatFollowIt(
      @ForAll("messages") List<Message> messages, @ForAll int cut) {
    List<byte[]> frames = sent(messages, 300);
    byte[] first = frames.get(0);
    byte[] start = Arrays.copyOf(first, Math.floorMod(cut, first.length));
    Assume.that(!Arrays.equals(first, Arrays.copyOf(start, first.length))); // silence is zeros
    frames.set(0, start);
    frames.add(1, SILENCE);
    assertEquals(List.of(), received(join(frames), 300));
  }

  @Property(tries = 1000)
  void shouldDropAFrameWithAnyBitFlippedAndAllThatFollowIt(
      @ForAll("messages") List<Message> messages, @ForAll int b) {
    List<byte[]> frames = sent(messages, 300);
    byte[] first = frames.get(0);
    int bit = Math.floorMod(b, 8 * first.length);
    first[bit / 8] ^= (byte) (1 << bit % 8);
    frames.add(1, SILENCE);
    assertEquals(List.of(), received(join(frames), 300));
  }

  @Property(tries = 2000)
  void shouldWriteNothingOutsideItsBufferWhateverComes(@ForAll int seed) {
    Random random = new Random(seed);
    byte[] noise = new byte[2000];
    random.nextBytes(noise);
    for (int i = 0; i < noise.length - 4; i += 1 + random.nextInt(40)) {
      noise[i] = Frame.SYNC;
      Dsp.store16(noise, i + Frame.LENGTH, random.nextInt(2 * Frame.MAX_PAYLOAD));
    }
    Link link = link(noise, 1 + random.nextInt(300));
    while (link.receive()) { // a frame out of noise: one in 2^32
      link.release();
    }
    assertTrue(link.missing() > 0 && link.missing() <= Frame.MAX_BYTES);
  }

  @Example
  void shouldTakeNoFrameBeforeTheOneThatIsMissing() {
    List<byte[]> frames = sent(List.of(message(1), message(2), message(3)), 300);
    frames.remove(1);
    Link link = link(join(frames), 300);
    assertTrue(link.receive());
    link.release();
    assertFalse(link.receive());
  }

  @Example
  void shouldCountSequencesBeyondAByte() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      messages.add(message(10 + i % 6));
    }
    assertEquals(messages, received(join(sent(messages, 300)), 300));
  }

  @Example
  void shouldHoldAFrameUntilItIsReleased() {
    byte[] wire = join(sent(List.of(message(1), message(2)), 300));
    Link link = link(wire, 300);
    assertTrue(link.receive());
    assertTrue(link.receive());
    assertEquals(1, link.incoming()[Frame.KIND]);
    link.release();
    assertTrue(link.receive());
    assertEquals(2, link.incoming()[Frame.KIND]);
  }

  @Example
  void shouldForgetWhatHasComeWhenItDiscards() {
    byte[] wire = join(sent(List.of(message(1), message(2)), 300));
    Link link = link(Arrays.copyOf(wire, wire.length - 3), 20);
    assertTrue(link.receive());
    link.discard();
    assertFalse(link.receive());
    assertEquals(Frame.PAYLOAD, link.missing());
  }

  @Example
  void shouldWakeForTheRestOfAFrame() {
    byte[] frame = sent(List.of(message(1)), 300).get(0);
    Wake wake = new Wake(1);
    Link link = link(Arrays.copyOf(frame, Frame.PAYLOAD), 300);
    link.receive();
    link.await(wake);
    assertEquals(frame.length - Frame.PAYLOAD, wake.receive[0]);
    assertEquals(0, wake.transmit[0]);
  }

  @Example
  void shouldWakeForRoomOnlyWhileItSends() {
    Wake wake = new Wake(1);
    Link link = link(new byte[0], 5);
    link.send(1, 0, 0, 0);
    link.await(wake);
    assertTrue(wake.transmit[0] > 0);
    while (!link.idle()) {
      link.transmit();
    }
    link.await(wake);
    assertEquals(0, wake.transmit[0]);
  }

  @Example
  void shouldWaitForNothingWhileAFrameIsHeld() {
    Wake wake = new Wake(1);
    Link link = link(join(sent(List.of(message(1), message(2)), 300)), 300);
    assertTrue(link.receive());
    link.await(wake);
    assertEquals(0, wake.receive[0]);
  }

  @Example
  void shouldSendNoMoreThanTheOtherEndHasRoomFor() {
    Link link = link(new byte[0], 300);
    link.restart(1);
    assertTrue(link.ready());
    link.send(Frame.HELLO, 0, 0, 0);
    assertTrue(link.idle());
    assertFalse(link.ready());
  }

  @Property
  void shouldTellTheOtherEndExactlyWhenItCouldNotSendTheRest(
      @ForAll @IntRange(min = 0, max = 40) int frames) {
    List<Message> messages = Collections.nCopies(frames, message(2));
    ScriptedPort port = new ScriptedPort(join(sent(messages, 300)), 300);
    Link link = new Link(port, 0, new Crc32());
    int outstanding = 0;
    int told = 0;
    for (int left = frames; left > 0; left--) {
      link.expect(left);
      link.transmit();
      int written = port.written().length / BARE_FRAME;
      outstanding = written > told ? 1 : outstanding + 1;
      told = written;
      assertTrue(outstanding <= Frame.WINDOW, "the other end waits for ever");
      assertTrue(link.receive());
      link.release();
    }
    int acknowledgements = Math.max(0, (frames - Frame.WINDOW + 1) / (Frame.WINDOW - 1));
    assertEquals(acknowledgements, port.written().length / BARE_FRAME);
  }

  @Example
  void shouldDropFramesOfAnotherEpoch() {
    byte[] old = join(sent(List.of(message(2), message(3)), 300));
    Link link = link(old, 300);
    link.restart(7);
    assertFalse(link.receive());
  }

  /** The frames come from an end that has not heard of the boot: they are of its epoch. */
  @Example
  void shouldSayAgainThatItHasBootedToWhoeverGoesOn() {
    ScriptedPort there = new ScriptedPort(new byte[0], 300);
    Link other = new Link(there, 0, new Crc32());
    other.restart(7);
    other.send(Frame.STATUS, 0, 0, 0);
    ScriptedPort here = new ScriptedPort(there.written(), 300);
    Link link = new Link(here, 0, new Crc32());
    link.send(Frame.HELLO, 4, 0, 0);
    byte[] announcement = here.written();
    assertFalse(link.receive());
    link.transmit();
    assertArrayEquals(join(List.of(announcement, announcement)), here.written());
    assertTrue(link.idle());
  }

  @Property
  void shouldNotAskForTheFrameInWhoseMiddleItBootsOrForgets(
      @ForAll @IntRange(min = 1, max = BARE_FRAME) int cut) {
    byte[] hello = greeting(7);
    ScriptedPort port = new ScriptedPort(hello, 300);
    Link link = new Link(port, 0, new Crc32());
    link.receive();
    link.discard();
    link.restart(7);
    link.send(Frame.HELLO, 0, 0, 0);
    port.arrive(Arrays.copyOfRange(hello, cut, hello.length), SILENCE);
    assertFalse(link.receive());
    link.transmit();
    assertArrayEquals(hello, port.written());

    ScriptedPort booted = new ScriptedPort(Arrays.copyOfRange(hello, cut, hello.length), 300);
    Link other = new Link(booted, 0, new Crc32());
    booted.arrive(SILENCE, hello);
    assertTrue(other.receive());
    other.accept();
    assertFalse(other.receive());
    other.transmit();
    assertEquals(0, booted.written().length);
  }

  @Example
  void shouldAskAtOnceForADamagedFrameOnceAFrameHasCome() {
    byte[] hello = greeting(7);
    ScriptedPort port = new ScriptedPort(hello, 300);
    Link link = new Link(port, 0, new Crc32());
    assertTrue(link.receive());
    link.accept();
    port.arrive(Arrays.copyOfRange(hello, 1, hello.length), SILENCE);
    assertFalse(link.receive());
    link.transmit();
    assertEquals(Frame.PROBE, port.written()[Frame.KIND]);
  }

  /** A HELLO as it goes over the wire. */
  private static byte[] greeting(int epoch) {
    ScriptedPort port = new ScriptedPort(new byte[0], 300);
    Link link = new Link(port, 0, new Crc32());
    link.restart(epoch);
    link.send(Frame.HELLO, 0, 0, 0);
    return port.written();
  }

  private static Message message(int kind) {
    return new Message(kind, 3, 4, List.of((byte) 5));
  }

  private static Link link(byte[] incoming, int slice) {
    return new Link(new ScriptedPort(incoming, slice), 0, new Crc32());
  }

  /** Each message as the bytes of its frame. */
  private static List<byte[]> sent(List<Message> messages, int slice) {
    List<byte[]> frames = new ArrayList<>();
    ScriptedPort port = new ScriptedPort(new byte[0], slice);
    Link link = new Link(port, 0, new Crc32());
    int from = 0;
    for (Message message : messages) {
      for (int i = 0; i < message.payload().size(); i++) {
        link.outgoing()[Frame.PAYLOAD + i] = message.payload().get(i);
      }
      link.send(message.kind(), message.payload().size(), message.opIndex(), message.position());
      while (!link.idle()) {
        link.transmit();
      }
      frames.add(Arrays.copyOfRange(port.written(), from, port.written().length));
      from = port.written().length;
    }
    return frames;
  }

  private static List<Message> received(byte[] wire, int slice) {
    Link link = link(wire, slice);
    List<Message> messages = new ArrayList<>();
    while (link.receive()) {
      byte[] in = link.incoming();
      List<Byte> payload = new ArrayList<>();
      for (int i = 0; i < Dsp.loadU16(in, Frame.LENGTH); i++) {
        payload.add(in[Frame.PAYLOAD + i]);
      }
      messages.add(
          new Message(
              in[Frame.KIND],
              Dsp.loadU16(in, Frame.OP_INDEX),
              Dsp.loadU16(in, Frame.POSITION),
              payload));
      link.release();
    }
    return messages;
  }

  private static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
