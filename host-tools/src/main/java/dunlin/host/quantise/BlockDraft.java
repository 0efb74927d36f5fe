package dunlin.host.quantise;

/** A block before the stream has its fixed point. */
sealed interface BlockDraft permits PlainDraft, BottleneckDraft {
  /** Steps of what its attention reads. */
  double[] attentionSteps();

  /** The most fraction bits of the stream that it bears. */
  int mostFraction();
}
