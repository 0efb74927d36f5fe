package dunlin.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A report for programs; docs/json.md names every field. */
final class JsonOption {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write a report; - is stdout, in place of the text.")
  private String file;

  /** Whether stdout is for people. */
  boolean textIsWanted() {
    return !"-".equals(file);
  }

  /** Refuses a file that cannot be written. */
  void check() {
    if (file != null && textIsWanted()) {
      WholeFile.check(Path.of(file));
    }
  }

  /** Writes {@code report}, if it is wanted. */
  void write(Object report) {
    writeOf(() -> report);
  }

  /** Writes what {@code report} gives, which is asked only if it is wanted. */
  void writeOf(Supplier<?> report) {
    if (file == null) {
      return;
    }
    String json = json(report.get());
    if (textIsWanted()) {
      WholeFile.write(Path.of(file), (json + "\n").getBytes(StandardCharsets.UTF_8));
    } else {
      command.commandLine().getOut().println(json);
    }
  }

  private static String json(Object report) {
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
