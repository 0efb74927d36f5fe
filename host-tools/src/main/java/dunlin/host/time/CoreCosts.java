package dunlin.host.time;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import dunlin.boards.Unreadable;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Quantity;
import dunlin.host.compile.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Instructions of a core for everything that a program has it do: a sum of quantities, each times a
 * factor. A TOML file of this package's resources for each board that QEMU has, since a core's code
 * and its drivers' are counted together.
 *
 * @param ops factors by the op's kind; {@link #STEP} and {@link #LOOP} are what every op takes
 *     beside its own, and {@link Workload#LINK} what every frame takes that comes in, and those
 *     that no op sends
 */
public record CoreCosts(@JsonProperty(required = true) Map<String, Map<Quantity, Double>> ops) {
  /** A step of the node's machine: once for an op, and for each frame that a collective takes. */
  public static final String STEP = "step";

  /**
   * The main loop: from one step to the next, and from a frame's last byte to the step that it
   * wakes.
   */
  public static final String LOOP = "loop";

  /** What every table has. */
  private static final List<String> BESIDE_OPS = List.of(STEP, LOOP, Workload.LINK);

  /**
   * Ops that take a step and nothing else, so that no table has them: the end of a prompt's pass,
   * and taps, whose bytes go out as frames of {@link Workload#LINK}.
   */
  static final Set<String> ONLY_STEPS = Set.of("end_prefill", "tap");

  /** Those that come with Dunlin, by the board on which they were counted. */
  public static final List<String> NAMES =
      List.of("stm32f405", "mps2-an385", "mps2-an386", "mps2-an500", "mps3-an547");

  private static final String REMEDY = "write one with: dunlin bench costs";
  private static final String SUFFIX = ".toml";

  /** No table is that long. */
  private static final long MOST_BYTES = 1 << 20;

  private static final double MOST_INSTRUCTIONS = 1e6;

  /**
   * A table.
   *
   * @param core its name, for one that comes with Dunlin, or the path of a TOML file
   */
  public static CoreCosts named(String core) {
    return core.endsWith(SUFFIX) ? read(Path.of(core)) : builtIn(core + SUFFIX);
  }

  private static CoreCosts builtIn(String file) {
    try (InputStream in = CoreCosts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new Refusal(
            "no table of instructions is called "
                + file.substring(0, file.length() - SUFFIX.length()),
            "choose one of "
                + String.join(", ", NAMES)
                + ", or the path of a table, ending in .toml");
      }
      return read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CoreCosts read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new Refusal(file + ": no table of a core's instructions is there", REMEDY);
      }
      return read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /**
   * Reads a table.
   *
   * @param file its name, for messages
   * @param toml its text
   */
  static CoreCosts read(String file, String toml) {
    TomlFile source = new TomlFile(file, toml, REMEDY);
    CoreCosts costs = source.read(CoreCosts.class);
    costs.ops.forEach(
        (op, factors) ->
            factors.forEach(
                (quantity, factor) -> {
                  if (!(factor >= 0 && factor <= MOST_INSTRUCTIONS)) {
                    throw source.refusal(
                        "ops." + op + "." + quantity, factor + ", not 0 to 1000000");
                  }
                }));
    for (String beside : BESIDE_OPS) {
      if (!costs.ops.containsKey(beside)) {
        throw source.refusal("ops." + beside, "missing");
      }
    }
    return costs;
  }

  /**
   * Which of some kinds of ops have no price here; those that have none would take no time.
   *
   * @return in alphabetical order
   */
  Set<String> missing(Set<String> kinds) {
    Set<String> missing = new TreeSet<>(kinds);
    missing.removeAll(ops.keySet());
    missing.removeAll(ONLY_STEPS);
    return missing;
  }

  /** Instructions for an op, but for the frames that it moves. */
  public double instructions(OpWork work) {
    return step(work.count(Quantity.CALL), work.count(Quantity.PORT)) + sum(work.op(), work::count);
  }

  /**
   * Instructions for a frame that comes in.
   *
   * @param op that has to do with it, or {@link Workload#LINK}
   * @param bytes of it
   * @param ports of the node that are wired
   */
  public double received(String op, int bytes, int ports) {
    boolean between = op.equals(Workload.LINK);
    Map<Quantity, Long> counts =
        Map.of(
            Quantity.CALL,
            between ? 1L : 0L,
            Quantity.RECEIVED,
            (long) bytes,
            Quantity.RECEIVED_FRAME,
            1L,
            Quantity.PORT,
            (long) ports);
    double link = sum(Workload.LINK, counts) + sum(LOOP, Map.of(Quantity.RECEIVED_FRAME, 1L));
    return between ? link : link + step(1, ports) + sum(op, counts);
  }

  /** Instructions for a frame that goes out; parameters as of {@link #received}. */
  public double sent(String op, int bytes) {
    return sum(op, Map.of(Quantity.SENT, (long) bytes, Quantity.SENT_FRAME, 1L));
  }

  /** Instructions of {@code steps} steps, in which so many ports were looked at. */
  public double step(long steps, long ports) {
    return sum(STEP, Map.of(Quantity.CALL, steps, Quantity.PORT, ports))
        + sum(LOOP, Map.of(Quantity.CALL, steps));
  }

  private double sum(String op, Map<Quantity, Long> counts) {
    return sum(op, quantity -> counts.getOrDefault(quantity, 0L));
  }

  private double sum(String op, ToLongFunction<Quantity> counts) {
    double sum = 0;
    for (Map.Entry<Quantity, Double> factor : ops.getOrDefault(op, Map.of()).entrySet()) {
      sum += factor.getValue() * counts.applyAsLong(factor.getKey());
    }
    return sum;
  }
}
