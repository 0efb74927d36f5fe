package dunlin.host.checkpoint.onnx;

/** What is known of a tensor before the graph has an input. */
sealed interface Value permits Known, Stored, Traced {
  /** Extents, slowest first. */
  int[] dims();
}
