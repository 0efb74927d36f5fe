package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A bar of {@code budgets.toml}.
 *
 * @param least infinite where there is no lower bar
 * @param most infinite where there is no upper bar
 */
record Budget(String name, double least, double most, String unit) {

  /** The budget called {@code name}. */
  static Budget named(String name) {
    JsonNode budget;
    try (InputStream in = Budget.class.getResourceAsStream("/budgets.toml")) {
      budget = new TomlMapper().readTree(in).required(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Budget(
        name,
        budget.path("least").asDouble(Double.NEGATIVE_INFINITY),
        budget.path("most").asDouble(Double.POSITIVE_INFINITY),
        Objects.requireNonNull(budget.required("unit").textValue()));
  }

  /** Fails, with both figures, unless {@code measured} keeps within the bars. */
  void check(double measured) {
    assertTrue(
        least <= measured && measured <= most,
        () -> String.format("%s: measured %s %s, allowed %s", name, measured, unit, allowed()));
  }

  private String allowed() {
    return Double.isInfinite(least) ? "at most " + most : "at least " + least;
  }
}
