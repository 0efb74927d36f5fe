package dunlin.host.flash;

import dunlin.boards.Refusal;
import dunlin.host.serial.SerialLine;
import java.util.Arrays;

/**
 * What the bootloader's commands are made of: bytes with checksums, and ACK or NACK (AN3155, 3).
 */
final class BootloaderLine {
  private static final int SYNCHRONISE = 0x7F;
  private static final int ACK = 0x79;
  private static final int NACK = 0x1F;

  /** Each byte of it takes at most 10 ms at the slowest baud rate, 1200. */
  private static final int PATIENCE_MILLIS = 1000;

  private static final int MILLIS_PER_BYTE = 10;
  private static final int SYNCHRONISING_MILLIS = 500;
  private static final int TRIES = 4;

  private static final String AGAIN =
      "press reset with BOOT0 high, and start again: what was written is kept";

  private final SerialLine line;

  BootloaderLine(SerialLine line) {
    this.line = line;
  }

  String name() {
    return line.name();
  }

  long nanoseconds() {
    return line.nanoseconds();
  }

  /**
   * Lets the bootloader find out the baud rate. One that has done so before takes two of the bytes
   * for a command that it does not know; on some pins it wants two anyway (AN2606, STM32H74xxx).
   */
  void synchronise() {
    line.discardInput();
    byte[] answer = new byte[1];
    boolean heard = false;
    for (int i = 0; i < TRIES; i++) {
      send(SYNCHRONISE);
      while (line.read(answer, 0, 1, SYNCHRONISING_MILLIS) > 0) {
        if (answer[0] == ACK || answer[0] == NACK) {
          return;
        }
        heard = true;
      }
    }
    throw heard
        ? new Refusal(
            name() + ": what answers is no bootloader",
            "press reset with BOOT0 high; if it was, choose a lower rate, as --by uart:19200")
        : new Refusal(
            name() + ": no bootloader answers",
            "press reset with BOOT0 high, and see that the wires RX and TX cross");
  }

  /** Sends a command, and says whether it may go on. */
  boolean command(int code) {
    send(code, code ^ 0xFF);
    return isAcknowledged(PATIENCE_MILLIS);
  }

  /** Sends an address, and says whether it is a good one. */
  boolean address(long address) {
    return checked(
        new byte[] {
          (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        },
        PATIENCE_MILLIS);
  }

  /** Sends bytes and the exclusive or of all, and says whether they were taken. */
  boolean checked(byte[] bytes, int patienceMillis) {
    byte[] sent = Arrays.copyOf(bytes, bytes.length + 1);
    for (byte b : bytes) {
      sent[bytes.length] ^= b;
    }
    line.write(sent, 0, sent.length);
    return isAcknowledged(patienceMillis + MILLIS_PER_BYTE * sent.length);
  }

  /** Sends a number less one and its complement, and says whether it was taken. */
  boolean count(int count) {
    send(count - 1, count - 1 ^ 0xFF);
    return isAcknowledged(PATIENCE_MILLIS);
  }

  /** An answer whose first byte says how many follow, less one; then the end of the command. */
  byte[] counted() {
    byte[] answer = receive((receive(1)[0] & 0xFF) + 1);
    end();
    return answer;
  }

  /** Exactly {@code count} bytes. */
  byte[] receive(int count) {
    byte[] bytes = new byte[count];
    int received = 0;
    while (received < count) {
      int more = line.read(bytes, received, count - received, PATIENCE_MILLIS);
      if (more == 0) {
        throw silence();
      }
      received += more;
    }
    return bytes;
  }

  private void end() {
    if (!isAcknowledged(PATIENCE_MILLIS)) {
      throw new Refusal(name() + ": the bootloader took its answer back", AGAIN);
    }
  }

  private void send(int... bytes) {
    byte[] sent = new byte[bytes.length];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) bytes[i];
    }
    line.write(sent, 0, sent.length);
  }

  private boolean isAcknowledged(int patienceMillis) {
    byte[] answer = new byte[1];
    if (line.read(answer, 0, 1, patienceMillis) == 0) {
      throw silence();
    }
    return switch (answer[0]) {
      case ACK -> true;
      case NACK -> false;
      default ->
          throw new Refusal(
              "%s: 0x%02x came where the bootloader acknowledges".formatted(name(), answer[0]),
              "see to ground and cable, or choose a lower rate, as --by uart:19200; then " + AGAIN);
    };
  }

  private Refusal silence() {
    return new Refusal(name() + ": the bootloader fell silent", AGAIN);
  }
}
