package dunlin.host.serial;

import java.util.ArrayList;
import java.util.List;

/** A serial line that answers what is written to it, one time after the other, and then nothing. */
public final class ScriptedLine implements SerialLine {
  private final List<byte[]> answers;
  private final List<String> questions = new ArrayList<>();
  private LineSettings settings = LineSettings.of8N1(115_200);
  private byte[] toRead = {};
  private long written;
  private long nanoseconds;

  /** The answers. */
  public ScriptedLine(byte[]... answers) {
    this.answers = new ArrayList<>(List.of(answers));
  }

  /** What was written: at which settings, and how many bytes. */
  public List<String> questions() {
    return questions;
  }

  /** Bytes that were written. */
  public long written() {
    return written;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public void set(LineSettings to) {
    settings = to;
  }

  @Override
  public int read(byte[] into, int offset, int max, int timeoutMillis) {
    int count = toRead.length;
    System.arraycopy(toRead, 0, into, offset, count);
    toRead = new byte[0];
    nanoseconds += count > 0 ? 0 : timeoutMillis * 1_000_000L;
    return count;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    questions.add(settings + ": " + count + " bytes");
    written += count;
    if (!answers.isEmpty()) {
      toRead = answers.remove(0);
    }
  }

  @Override
  public void discardInput() {
    toRead = new byte[0];
  }

  @Override
  public long nanoseconds() {
    return nanoseconds;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
