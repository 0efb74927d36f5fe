package dunlin.host.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Stdout that says when it fails: print writers, which commands write to, keep an IOException to
 * themselves, and a full disk would look like success.
 */
final class StandardOutput extends FilterOutputStream {
  private StandardOutput(OutputStream out) {
    super(out);
  }

  /** A writer of UTF-8 text to {@code out} that throws {@link UncheckedIOException}. */
  static PrintWriter writer(OutputStream out) {
    return new PrintWriter(
        new OutputStreamWriter(new StandardOutput(out), StandardCharsets.UTF_8), true);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    try {
      out.write(bytes, offset, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
