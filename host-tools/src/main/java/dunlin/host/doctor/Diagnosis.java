package dunlin.host.doctor;

import dunlin.boards.Trap;
import dunlin.boards.Uid;
import dunlin.host.run.Greeting;
import dunlin.host.run.NodeIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** From what came back from a port to what is wrong, and what to do about it. */
public final class Diagnosis {
  private static final byte ACK = 0x79;
  private static final byte NACK = 0x1F;

  private Diagnosis() {}

  /** The one thing to say of a port. */
  public static Finding of(Observation seen) {
    if (isEcho(seen)) {
      return Finding.wrong(
          seen.port(),
          "what is sent comes back: TX is joined to RX",
          "wire the adapter's TX to the board's RX and its RX to the board's TX; no jumper between");
    }
    if (answersSync(seen.toSync())) {
      return bootloader(seen);
    }
    Optional<Map.Entry<Integer, Greeting.Answer>> node = node(seen);
    if (node.isPresent()) {
      return node(seen, node.get().getKey(), node.get().getValue());
    }
    return bytesCame(seen) ? garbage(seen) : silence(seen);
  }

  /** Whether a bootloader has answered its first byte; NACK where it had been started before. */
  static boolean answersSync(byte[] toSync) {
    return toSync.length == 1 && (toSync[0] == ACK || toSync[0] == NACK);
  }

  /** Whether it is a bootloader, and understands commands. */
  public static boolean isBootloader(Observation seen) {
    return answersSync(seen.toSync()) && seen.toGet().length > 2 && seen.toGet()[0] == ACK;
  }

  /** Whether it is known who talks at the port, so that no other rate need be tried. */
  static boolean hasAnswer(Observation seen) {
    return isEcho(seen) || node(seen).isPresent();
  }

  /** The microcontroller whose node answers. */
  public static Optional<Uid> uid(Observation seen) {
    return identity(seen).map(NodeIdentity::uid).map(Uid::of);
  }

  /** The rank of the image of the node that answers. */
  public static Optional<Integer> rank(Observation seen) {
    return identity(seen).map(NodeIdentity::rank);
  }

  private static Optional<NodeIdentity> identity(Observation seen) {
    return node(seen).map(Map.Entry::getValue).map(Greeting.Answer::identity);
  }

  private static boolean isEcho(Observation seen) {
    byte[] back = seen.at(seen.baud());
    int sent = seen.sent().length;
    return back.length >= sent && Arrays.equals(back, 0, sent, seen.sent(), 0, sent);
  }

  private static Finding bootloader(Observation seen) {
    if (!isBootloader(seen)) {
      return Finding.wrong(
          seen.port(),
          "a bootloader answers 0x7F, which has the same bits with and without parity, but no command",
          "the line must carry even parity (8E1): use another adapter, and connect nothing between");
    }
    int version = seen.toGet()[2];
    return Finding.wrong(
        seen.port(),
        "BOOT0 is high: the ROM's bootloader answers, version %d.%d"
            .formatted(version >> 4, version & 15),
        "flash now; to run, pull BOOT0 low and reset");
  }

  private static Optional<Map.Entry<Integer, Greeting.Answer>> node(Observation seen) {
    for (Map.Entry<Integer, byte[]> at : seen.toHello().entrySet()) {
      Greeting greeting = new Greeting();
      greeting.bytes();
      Optional<Greeting.Answer> answer = greeting.answer(at.getValue());
      if (answer.isPresent()) {
        return Optional.of(Map.entry(at.getKey(), answer.get()));
      }
    }
    return Optional.empty();
  }

  private static Finding node(Observation seen, int rate, Greeting.Answer answer) {
    if (rate != seen.baud()) {
      return Finding.wrong(
          seen.port(),
          "a node talks at " + rate + " baud, not at " + seen.baud(),
          "say baud = " + rate + " in the rig file, or flash firmware that is built for it");
    }
    if (answer.fault() != null) {
      return Finding.wrong(seen.port(), answer.fault().what(), answer.fault().remedy());
    }
    NodeIdentity node = answer.identity();
    return Finding.good(
        seen.port(),
        "a node runs: rank %d of %d, board %s"
            .formatted(node.rank(), node.nodes(), Uid.of(node.uid())));
  }

  private static boolean bytesCame(Observation seen) {
    return seen.toSync().length > 0
        || seen.toHello().values().stream().anyMatch(bytes -> bytes.length > 0);
  }

  private static Finding garbage(Observation seen) {
    String text = new String(seen.at(seen.baud()), StandardCharsets.ISO_8859_1);
    Optional<Trap> trap = Trap.last(text);
    if (trap.isPresent()) {
      return Finding.wrong(
          seen.port(),
          "the firmware was stopped by " + trap.get(),
          "flash the firmware again; if it comes back, report it");
    }
    return Finding.wrong(
        seen.port(),
        "bytes come that are no frames at any rate",
        "join the grounds, shorten the wires, lower baud; see that it runs Dunlin's firmware");
  }

  private static Finding silence(Observation seen) {
    return Finding.wrong(
        seen.port(),
        "nothing comes back",
        "see that it has power and a common ground, exchange RX and TX, pull BOOT0 low and reset");
  }
}
