package dunlin.host.doctor;

import dunlin.host.run.Greeting;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knocks at a port: first as a programmer does, since a bootloader takes the first byte that comes
 * for its rate and would not understand another; then as a host does.
 */
public final class LineProbe {
  /** AN3155, 2.1 and 3.1: the byte that starts a bootloader, and the first command. */
  static final byte SYNC = 0x7F;

  private static final byte[] GET = {0x00, (byte) 0xFF};

  /** The rate at which a bootloader is spoken to; it would take others. */
  public static final int BOOTLOADER_BAUD = 115_200;

  private static final int PATIENCE_MILLIS = 300;

  /** At the rate that a node should have, it may have children to ask first. */
  private static final int HELLO_MILLIS = 2_000;

  private static final int SILENCE_MILLIS = 50;

  /** Rates at which a node may have been built to talk. */
  private static final List<Integer> RATES =
      List.of(3_000_000, 2_000_000, 1_000_000, 921_600, 460_800, 230_400, 115_200);

  private final SerialLine line;

  private LineProbe(SerialLine line) {
    this.line = line;
  }

  /**
   * Knocks.
   *
   * @param baud the rate at which a node should talk
   */
  public static Observation observe(SerialLine line, int baud) {
    return new LineProbe(line).observe(baud);
  }

  private Observation observe(int baud) {
    byte[] hello = new Greeting().bytes();
    Map<Integer, byte[]> toHello = new LinkedHashMap<>();
    line.set(LineSettings.of8E1(BOOTLOADER_BAUD));
    byte[] toSync = ask(new byte[] {SYNC}, PATIENCE_MILLIS);
    byte[] toGet = Diagnosis.answersSync(toSync) ? ask(GET, PATIENCE_MILLIS) : new byte[0];
    Observation soFar = new Observation(line.name(), baud, toSync, toGet, hello, toHello);
    if (toGet.length == 0) {
      greet(baud, HELLO_MILLIS, soFar);
      for (int rate : RATES) {
        if (!Diagnosis.hasAnswer(soFar)) {
          greet(rate, PATIENCE_MILLIS, soFar);
        }
      }
    }
    return soFar;
  }

  private void greet(int rate, int millis, Observation soFar) {
    if (!soFar.toHello().containsKey(rate)) {
      line.set(LineSettings.of8N1(rate));
      soFar.toHello().put(rate, ask(soFar.sent(), millis));
    }
  }

  /** What comes back, until nothing more does. */
  private byte[] ask(byte[] question, int millis) {
    line.discardInput();
    line.write(question, 0, question.length);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] piece = new byte[1024];
    int count = line.read(piece, 0, piece.length, millis);
    while (count > 0 && answer.size() < 4 * piece.length) {
      answer.write(piece, 0, count);
      count = line.read(piece, 0, piece.length, SILENCE_MILLIS);
    }
    return answer.toByteArray();
  }
}
