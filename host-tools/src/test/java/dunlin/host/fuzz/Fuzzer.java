package dunlin.host.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dunlin.boards.Refusal;
import dunlin.host.OtherJvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs Jazzer on a parser, in a JVM of its own: jazzer-junit would fuzz one method per JVM, and its
 * agent would slow every other test of the module.
 *
 * <p>By default a fixed number of runs from a fixed seed, so that a build does not fail by chance.
 * {@code -Dfuzz.seconds=600} fuzzes each target that long, from where the last such run stopped.
 * Inputs that fail are kept in {@code target/fuzz/}.
 */
public final class Fuzzer {
  private static final Path ROOT = Path.of("target", "fuzz");
  private static final int RUNS = 1_200; // of all targets together: a minute or two
  private static final int HEAP = 1 << 20; // a parser may take this,
  private static final int HEAP_PER_BYTE = 512; // and this for each byte of its input: JSON trees
  private static final int LONGEST_INPUT = 1 << 13;
  private static final int LONGEST_MESSAGE = 1000;

  /** What is fuzzed; may refuse its input, and throw nothing else. */
  public interface Parser {
    void parse() throws IOException;
  }

  private Fuzzer() {}

  /**
   * Fuzzes {@code target}; fails with the fuzzer's own report.
   *
   * @param target a public class with {@code public static void fuzzerTestOneInput(byte[])}
   * @param seeds valid inputs, from which the fuzzer sets out
   */
  public static void run(Class<?> target, List<byte[]> seeds)
      throws IOException, InterruptedException {
    Path folder = ROOT.resolve(target.getName());
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path seedFolder = empty(folder.resolve("seeds"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(seedFolder.resolve("seed-" + i), seeds.get(i));
    }
    Integer seconds = Integer.getInteger("fuzz.seconds");
    List<String> effort =
        seconds == null
            ? List.of("-runs=" + RUNS, "-seed=1", seedFolder.toString())
            : List.of("-max_total_time=" + seconds, corpus.toString(), seedFolder.toString());
    Path log = folder.resolve("log.txt");
    List<String> jazzer =
        new ArrayList<>(
            List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dunlin.**",
                "--custom_hook_includes=dunlin.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_len=" + LONGEST_INPUT,
                "-timeout=10",
                "-print_final_stats=1"));
    jazzer.addAll(effort);
    // Most of a short run is starting up.
    Process process = OtherJvm.start(log, List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), jazzer);
    long patience = seconds == null ? 300 : seconds + 120L;
    boolean ended = process.waitFor(patience, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended && process.waitFor() == 0, () -> report(log));
  }

  /** The fuzzer adds what it finds to its seeds: without this a build would depend on the last. */
  private static Path empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.toList();
    }
    for (Path file : found) {
      Files.delete(file);
    }
    return folder;
  }

  /**
   * For use in a target: parses, and fails unless the parser takes its input or refuses it with one
   * clear line, in memory that the input's size accounts for.
   */
  public static void offer(int inputBytes, Parser parser) throws IOException {
    long most = HEAP + (long) HEAP_PER_BYTE * inputBytes;
    if (taken(parser) > most) {
      long again = taken(parser); // by now, all classes are loaded
      if (again > most) {
        throw new IllegalStateException(again + " bytes taken for an input of " + inputBytes);
      }
    }
  }

  /** Bytes that the parser allocates. */
  private static long taken(Parser parser) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      parser.parse();
    } catch (Refusal refusal) {
      String message = refusal.getMessage();
      if (message.length() > LONGEST_MESSAGE || message.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalStateException("not one clear line: " + message, refusal);
      }
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static String report(Path log) {
    try {
      return log + ":\n" + Files.readString(log);
    } catch (IOException e) {
      return log + " cannot be read: " + e;
    }
  }
}
