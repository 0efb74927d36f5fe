package dunlin.host.time;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Instructions of a core for everything that a program has it do: a sum of quantities, each times a
 * factor. A TOML file of this package's resources for each core.
 *
 * @param ops factors by the op's name; {@link #BETWEEN} is what a node does outside of any op
 */
record CoreCosts(@JsonProperty(required = true) Map<String, Map<Quantity, Double>> ops) {
  /** Stands for "no op": greetings, requests, results. */
  static final String BETWEEN = "between";

  /** The table called {@code core}. */
  static CoreCosts named(String core) {
    String file = core + ".toml";
    try (InputStream in = CoreCosts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new Refusal(
            "no instruction counts of a core called " + core,
            "see docs/time.md for those there are");
      }
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TomlFile(file, toml, "the other files of cores show every key")
          .read(CoreCosts.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Instructions for an op, the bytes that it moves left out. */
  double instructions(OpWork work) {
    Map<Quantity, Double> factors = factors(work.op());
    double sum = 0;
    for (Map.Entry<Quantity, Double> factor : factors.entrySet()) {
      sum += factor.getValue() * work.count(factor.getKey());
    }
    return sum;
  }

  /** Instructions for bytes that come and go while an op, or none, is under way. */
  double instructions(String op, long received, long sent) {
    Map<Quantity, Double> factors = factors(op);
    return factors.getOrDefault(Quantity.RECEIVED, 0.0) * received
        + factors.getOrDefault(Quantity.SENT, 0.0) * sent;
  }

  private Map<Quantity, Double> factors(String op) {
    return ops.getOrDefault(op, Map.of());
  }
}
