package dunlin.host.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.commons.math3.special.Erf;

/** What is applied to each output of a linear layer of an encoder. */
public enum Nonlinearity {
  /** x. */
  @JsonProperty("none")
  NONE,
  /** max(x, 0). */
  @JsonProperty("relu")
  RELU,
  /** x·Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel, arXiv 1606.08415). */
  @JsonProperty("gelu-erf")
  GELU_ERF,
  /** The same paper's approximation, x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
  @JsonProperty("gelu-tanh")
  GELU_TANH,
  /** tanh(x). */
  @JsonProperty("tanh")
  TANH;

  /** Whether it tends to the sign of x; others tend to max(x, 0), but for {@link #NONE}. */
  public boolean odd() {
    return this == TANH;
  }

  /** Its value at {@code x}, in double precision. */
  public double at(double x) {
    return switch (this) {
      case NONE -> x;
      case RELU -> Math.max(x, 0);
      case GELU_ERF -> x / 2 * (1 + Erf.erf(x / Math.sqrt(2)));
      case GELU_TANH ->
          x / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case TANH -> StrictMath.tanh(x);
    };
  }
}
