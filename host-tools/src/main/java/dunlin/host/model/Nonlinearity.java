package dunlin.host.model;

/** What is applied to each output of a linear layer of an encoder. */
public enum Nonlinearity {
  /** x. */
  NONE,
  /** max(x, 0). */
  RELU,
  /** x·Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel, arXiv 1606.08415). */
  GELU_ERF,
  /** The same paper's approximation, x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
  GELU_TANH
}
