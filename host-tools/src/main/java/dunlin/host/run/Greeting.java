package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.boards.UnboundedPort;
import dunlin.firmware.Crc32;
import dunlin.firmware.Fault;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.Link;
import dunlin.kernels.Dsp;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** A HELLO without more to follow: who, if anybody, is at the other end of a line. */
public final class Greeting {
  private final Script script = new Script();
  private final Link link = new Link(script, 0, new Crc32());

  /**
   * What the node at the other end says of itself.
   *
   * @param identity null where it can only say what is wrong
   * @param fault what is wrong with it, and what to do; null where nothing is
   */
  public record Answer(NodeIdentity identity, Refusal fault) {}

  /** What to send: it ends any frame that a node has the beginning of. */
  public byte[] bytes() {
    script.write(new byte[Frame.MAX_BYTES], 0, Frame.MAX_BYTES);
    link.restart(1);
    link.send(Frame.HELLO, 0, 0, 0);
    link.transmit();
    return script.sent.toByteArray();
  }

  /** The first answer in what came back; empty where there is none. */
  public Optional<Answer> answer(byte[] received) {
    script.bring(received);
    while (link.receive()) {
      Optional<Answer> answer = answer(link);
      if (answer.isPresent()) {
        return answer;
      }
      link.skip();
    }
    return Optional.empty();
  }

  /** In the frame that is in; the HELLO that was sent may come back as an echo. */
  private static Optional<Answer> answer(Link link) {
    byte[] frame = link.incoming();
    int length = Dsp.loadU16(frame, Frame.LENGTH);
    if (frame[Frame.KIND] == Frame.FAULT && length >= Fault.DETAIL + 4) {
      int at = Frame.PAYLOAD;
      return Optional.of(
          new Answer(
              null,
              FaultWords.refusal(
                  Dsp.load32(frame, at + Fault.CODE), Dsp.load32(frame, at + Fault.DETAIL))));
    }
    if (frame[Frame.KIND] == Frame.HELLO && !link.foreign() && length == Hello.BYTES) {
      NodeIdentity identity = NodeIdentity.read(frame);
      boolean isGood = identity.fault() == Fault.NONE;
      return Optional.of(
          new Answer(
              identity,
              isGood ? null : FaultWords.refusal(identity.fault(), identity.faultDetail())));
    }
    return Optional.empty();
  }

  /** What was sent and what came, without a line. */
  private static final class Script extends UnboundedPort {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    void bring(byte[] bytes) {
      keep(bytes, 0, bytes.length);
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      sent.write(from, offset, count);
      return count;
    }
  }
}
