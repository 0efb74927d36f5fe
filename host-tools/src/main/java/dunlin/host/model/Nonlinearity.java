package dunlin.host.model;

import com.fasterxml.jackson.annotation.JsonProperty;

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
  GELU_TANH
}
