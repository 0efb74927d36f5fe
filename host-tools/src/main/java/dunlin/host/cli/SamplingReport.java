package dunlin.host.cli;

import dunlin.host.run.Sampling;

/** How the tokens of a report were picked. */
record SamplingReport(double temperature, int topK, long seed) {
  static SamplingReport of(Sampling sampling) {
    return new SamplingReport(
        Math.scalb((double) sampling.temperature(), -16), sampling.topK(), sampling.seed());
  }
}
