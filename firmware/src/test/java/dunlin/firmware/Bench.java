package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Port;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.BoardSpec.FlashSpec;
import dunlin.hal.emulated.BoardSpec.UartSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;
import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;

/** A node on an emulated board, and a host that talks to it frame by frame. */
final class Bench {
  static final UartSpec UART = new UartSpec(512, 512, 1_000_000);
  private static final long PATIENCE = 1_000_000_000;

  private final Emulation emulation = new Emulation();
  private final EmulatedBoard board;
  private final HostPort port;
  private final Link link;
  private int epoch;
  private boolean losing;

  /** What the node sent. */
  record Answer(int kind, int position, byte[] payload) {
    int word(int at) {
      return Dsp.load32(payload, at);
    }
  }

  Bench(byte[] flash) {
    this(flash, UART, 0, List.of(1000));
  }

  Bench(byte[] flash, UartSpec uart, long watchdog, List<Integer> ram) {
    FlashSpec geometry = new FlashSpec(flash.length, 1, Math.max(flash.length, 1), 0, 0);
    BoardSpec spec =
        new BoardSpec(
            "node", geometry, ram, List.of(uart), List.of(), 0, watchdog, List.of(7, 8, 9), 0);
    board = emulation.add(spec, new NodeFirmware());
    board.loadFlash(flash);
    port = emulation.wire(board.uart(0));
    link = new Link(new LossyPort(), 0, new Crc32());
  }

  EmulatedBoard board() {
    return board;
  }

  Emulation emulation() {
    return emulation;
  }

  /** Bytes that are no frame. */
  void write(byte[] bytes) {
    port.write(bytes);
  }

  /** Sends HELLO and returns the answer to it, past whatever the node sent before. */
  Answer hello() {
    link.discard();
    port.write(new byte[Frame.MAX_BYTES]);
    link.restart(++epoch);
    link.send(Frame.HELLO, 0, 0, 0);
    awaitFrame();
    while (link.foreign()) {
      link.skip();
      awaitFrame();
    }
    return next();
  }

  void send(int kind, byte[] payload, int position) {
    System.arraycopy(payload, 0, link.outgoing(), Frame.PAYLOAD, payload.length);
    link.send(kind, payload.length, 0, position);
  }

  /** Sends a frame that is lost on the way. */
  void lose(TestRequest request) {
    losing = true;
    request(request);
    losing = false;
  }

  /** The port, and a cable that can be cut. */
  private final class LossyPort implements Port {
    @Override
    public int available() {
      return port.available();
    }

    @Override
    public int read(byte[] into, int offset, int max) {
      return port.read(into, offset, max);
    }

    @Override
    public int writable() {
      return port.writable();
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      return losing ? count : port.write(from, offset, count);
    }

    @Override
    public int errors() {
      return port.errors();
    }
  }

  void request(TestRequest request) {
    send(Frame.REQUEST, request.payload(), request.position());
  }

  /** What the node says when it has booted. */
  Answer announcement() {
    awaitFrame();
    assertTrue(link.foreign());
    Answer answer = answer();
    link.skip();
    return answer;
  }

  /** The next frame. */
  Answer next() {
    awaitFrame();
    Answer answer = answer();
    link.release();
    return answer;
  }

  private Answer answer() {
    byte[] in = link.incoming();
    int end = Frame.PAYLOAD + Dsp.loadU16(in, Frame.LENGTH);
    return new Answer(
        in[Frame.KIND],
        Dsp.loadU16(in, Frame.POSITION),
        Arrays.copyOfRange(in, Frame.PAYLOAD, end));
  }

  /** The next frame must be this fault. */
  void expectFault(int code, int detail) {
    Answer answer = next();
    assertEquals(Frame.FAULT, answer.kind());
    assertEquals(code, answer.word(Fault.CODE));
    assertEquals(detail, answer.word(Fault.DETAIL));
  }

  private void awaitFrame() {
    link.expect(Frame.WINDOW);
    link.transmit();
    while (!link.receive()) {
      link.transmit();
      boolean came = emulation.run(port.readable(link.missing()), emulation.now() + PATIENCE);
      assertTrue(came, () -> "no answer: " + emulation.waits());
    }
  }
}
