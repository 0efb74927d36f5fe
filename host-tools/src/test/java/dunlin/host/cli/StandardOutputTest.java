package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StandardOutputTest extends WithTinyModel {
  @ParameterizedTest
  @MethodSource("failures")
  void shouldFailWhereNothingCanBeWritten(String cause, String complaint) throws IOException {
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(StandardOutput.writer(new Broken(cause)))
            .setErr(new PrintWriter(err, true))
            .execute("inspect", model.toString());
    assertEquals(1, code);
    assertEquals(complaint, err.toString());
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("Broken pipe", ""),
        arguments("No space left", "dunlin: output cannot be written: No space left\n"));
  }

  private static final class Broken extends OutputStream {
    private final String cause;

    Broken(String cause) {
      this.cause = cause;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(cause);
    }
  }
}
