package dunlin.host.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import dunlin.host.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** llama.cpp, in a JVM of its own: it is native code, and ends its process where it fails. */
final class LlamaCpp {
  private static final int NO_LIBRARY = 3;
  private static final int ILLEGAL_INSTRUCTION = 128 + 4;

  private LlamaCpp() {}

  /**
   * What llama.cpp writes greedily behind {@code prompt}; skips the test where it cannot run.
   *
   * @param folder for its files
   */
  static String write(Path gguf, String prompt, int tokens, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve("llama.log");
    Path text = folder.resolve("llama.txt");
    Process process =
        OtherJvm.start(
            log,
            List.of("-Djava.io.tmpdir=" + folder),
            List.of(LlamaCpp.class.getName(), "" + gguf, prompt, "" + tokens, "" + text));
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertTrue(ended, "llama.cpp does not end");
    assumeFalse(process.exitValue() == NO_LIBRARY, "llama.cpp's library does not load here");
    assumeFalse(process.exitValue() == ILLEGAL_INSTRUCTION, "llama.cpp wants another processor");
    assertEquals(0, process.exitValue(), () -> log(log));
    return Files.readString(text);
  }

  private static String log(Path log) {
    try {
      return new String(Files.readAllBytes(log), UTF_8);
    } catch (IOException e) {
      return log + ": " + e;
    }
  }

  /** A GGUF file, a prompt, how many tokens, and the file that takes the text. */
  public static void main(String[] arguments) throws IOException {
    try {
      Class.forName("de.kherud.llama.LlamaModel");
    } catch (ClassNotFoundException | LinkageError e) {
      System.exit(NO_LIBRARY);
    }
    ModelParameters model =
        new ModelParameters().setModel(arguments[0]).setCtxSize(512).setThreads(1);
    InferenceParameters greedy =
        new InferenceParameters(arguments[1])
            .setTemperature(0)
            .setNPredict(Integer.parseInt(arguments[2]));
    LlamaModel judge = new LlamaModel(model);
    Files.writeString(Path.of(arguments[3]), judge.complete(greedy));
    Runtime.getRuntime().halt(0); // its close waits for a thread that never ends
  }
}
