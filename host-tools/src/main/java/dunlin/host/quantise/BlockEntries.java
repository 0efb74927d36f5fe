package dunlin.host.quantise;

import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderModel;
import dunlin.host.quantise.QuantisedEncoder.Block;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Blocks with what stands before them: a block whose norms are behind its sums is entered by the
 * last norm of the one before.
 */
final class BlockEntries {
  private final EncoderModel model;
  private final List<BlockDraft> drafts;
  private final int fraction;
  private final StreamEntries entries;

  BlockEntries(EncoderModel model, List<BlockDraft> drafts, int fraction) {
    this.model = model;
    this.drafts = drafts;
    this.fraction = fraction;
    entries = new StreamEntries(model.name(), model.config(), fraction);
  }

  /**
   * All blocks.
   *
   * @param narrowFraction fraction bits of the streams within bottlenecks
   */
  List<Block> blocks(int narrowFraction) {
    StreamEntries narrow = new StreamEntries(model.name(), model.config(), narrowFraction);
    return IntStream.range(0, drafts.size())
        .mapToObj(
            layer ->
                drafts.get(layer) instanceof BottleneckDraft draft
                    ? draft.at(fraction, narrowFraction, entries, narrow)
                    : plain(layer, (PlainDraft) drafts.get(layer)))
        .toList();
  }

  private Block plain(int layer, PlainDraft draft) {
    EncoderModel.Block block = model.layers().get(layer);
    String name = "layer " + layer + " ";
    boolean before = model.config().norm() == NormPlacement.PRE;
    Entry attention =
        before
            ? entries.normalised(
                name + "attention norm", block.attentionNorm(), draft.attentionSteps())
            : behind(layer, draft.attentionSteps());
    double[] steps = draft.feedForwardSteps();
    Entry feedForward =
        before
            ? entries.normalised(name + "feed-forward norm", block.feedForwardNorm(), steps)
            : entries.replacing(name + "attention norm", block.attentionNorm(), steps);
    return draft.at(fraction, attention, feedForward);
  }

  /** The norm behind whatever comes before block {@code layer}, if there is one. */
  private Entry behind(int layer, double[] steps) {
    if (layer > 0) {
      EncoderModel.Norm norm = model.layers().get(layer - 1).feedForwardNorm();
      return entries.replacing("layer " + (layer - 1) + " feed-forward norm", norm, steps);
    }
    return model
        .words()
        .map(words -> entries.replacing("embedding norm", words.norm(), steps))
        .orElseGet(() -> new Entry(Optional.empty(), entries.plain("embedding", steps)));
  }
}
