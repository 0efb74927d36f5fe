package dunlin.host.fuzz;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Uid;
import dunlin.boards.bootloader.EmulatedBootloader;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.UartFlasher;
import dunlin.host.flock.Progress;
import dunlin.host.serial.EmulatedSerialLine;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes in place of a bootloader's answers: it is flashed or refused, and soon. */
@Tag("slow")
class BootloaderFuzzTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");
  private static final FlashJob JOB =
      FlashJob.of(0, BOARD, "line", null, new byte[300], new byte[300]);

  @Test
  void shouldFlashOrRefuseWhateverAnswers() throws Exception {
    Fuzzer.run(Answers.class, List.of(conversation()));
  }

  /** What a bootloader that is asked to take {@link #JOB} answers. */
  private static byte[] conversation() {
    LineSettings settings = LineSettings.of8E1(115_200);
    EmulatedBootloader chip = new EmulatedBootloader(BOARD, 115_200, new Uid(1, 2, 3));
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    flash(
        port ->
            new EmulatedSerialLine(port, chip.emulation(), chip.port(), settings, settings) {
              @Override
              public int read(byte[] into, int offset, int max, int timeoutMillis) {
                int count = super.read(into, offset, max, timeoutMillis);
                answers.write(into, offset, count);
                return count;
              }
            });
    return answers.toByteArray();
  }

  private static void flash(Function<String, SerialLine> lines) {
    new UartFlasher(lines, false, true, Progress.NONE).flash(JOB);
  }

  /** Answers. */
  public static final class Answers {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Fuzzer.offer(input.length, () -> flash(port -> new ScriptedAnswers(input)));
    }
  }

  /** A line on which the input comes as fast as it is read, and then nothing. */
  private static final class ScriptedAnswers implements SerialLine {
    /** Minutes of silence would be a hang. */
    private static final long LONGEST_SILENCE_MILLIS = 60_000;

    private final byte[] input;
    private int position;
    private long silentMillis;

    ScriptedAnswers(byte[] input) {
      this.input = input;
    }

    @Override
    public int read(byte[] into, int offset, int max, int timeoutMillis) {
      int count = Math.min(max, input.length - position);
      System.arraycopy(input, position, into, offset, count);
      position += count;
      silentMillis += count == 0 ? timeoutMillis : 0;
      if (silentMillis > LONGEST_SILENCE_MILLIS) {
        throw new IllegalStateException("waits for ever");
      }
      return count;
    }

    @Override
    public String name() {
      return "line";
    }

    @Override
    public void set(LineSettings settings) {}

    @Override
    public void write(byte[] from, int offset, int count) {}

    @Override
    public void discardInput() {}

    @Override
    public long nanoseconds() {
      return silentMillis * 1_000_000;
    }

    @Override
    public void close() {}
  }
}
