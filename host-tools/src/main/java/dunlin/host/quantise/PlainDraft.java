package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.constant;

import dunlin.host.model.EncoderModel;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.PlainBlock;

/** A block of attention and a feed-forward, before the stream has its fixed point. */
record PlainDraft(
    AttentionQuantiser.Quantised attention,
    SumRows output,
    double[] feedForwardSteps,
    Activated up,
    SumRows down)
    implements BlockDraft {

  /**
   * Block {@code layer}.
   *
   * @param fused whether query and key weights are folded into one matrix
   */
  static PlainDraft of(
      EncoderModel model, int layer, EncoderCalibration.Block peaks, boolean fused) {
    EncoderModel.Block block = model.layers().get(layer);
    String name = "layer " + layer + " ";
    AttentionQuantiser.Quantised attention =
        AttentionQuantiser.quantise(model, name, block, peaks, fused);
    double[] feedForwardSteps = StreamEntries.steps(peaks.feedForward(), block.up().weight());
    ActivatedRows up =
        ActivatedRows.of(
            model.name(), name + "up", block.up(), feedForwardSteps, 8, peaks.hidden());
    double[] hiddenSteps = constant(model.config().hidden(), up.step());
    return new PlainDraft(
        attention,
        SumRows.of(model.name(), name + "output", block.output(), attention.contextSteps(), 8),
        feedForwardSteps,
        up.layer(),
        SumRows.of(
            model.name(), name + "down", block.down(), hiddenSteps, QuantisedEncoder.HIDDEN_BITS));
  }

  @Override
  public double[] attentionSteps() {
    return attention.steps();
  }

  @Override
  public int mostFraction() {
    return Math.min(output.mostFraction(), down.mostFraction());
  }

  /** The block for a stream with so many fraction bits. */
  PlainBlock at(int fraction, Entry attentionEntry, Entry feedForwardEntry) {
    return new PlainBlock(
        attentionEntry,
        attention.layer(),
        output.at(fraction),
        feedForwardEntry,
        up,
        down.at(fraction));
  }
}
