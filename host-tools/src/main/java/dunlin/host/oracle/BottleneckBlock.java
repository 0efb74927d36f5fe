package dunlin.host.oracle;

import static dunlin.host.oracle.Rows.activate;
import static dunlin.host.oracle.Rows.linear;
import static dunlin.host.oracle.Rows.norm;
import static dunlin.host.oracle.Rows.show;
import static dunlin.host.oracle.Rows.sum;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Bottleneck;
import dunlin.host.model.EncoderModel.FeedForward;
import dunlin.host.oracle.Oracle.Observer;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of MobileBERT (arXiv 2004.02984, figure 1 and table 1), for an {@link EncoderOracle}.
 * Letters are {@link EncoderConfig}'s; B is the bottleneck's width.
 */
record BottleneckBlock(EncoderConfig config, Observer observer) {
  /**
   * The residual stream behind the block.
   *
   * @param x S × E
   */
  double[][] of(Block block, double[][] x, int layer) {
    Bottleneck bottleneck = block.bottleneck().orElseThrow();
    double[][] input = norm(config, bottleneck.inputNorm(), linear(bottleneck.input(), x));
    double[][] shared = norm(config, bottleneck.sharedNorm(), linear(bottleneck.shared(), x));
    double[][] attended = new EncoderAttention(config, observer).of(block, shared, x, layer);
    double[][] narrow = norm(config, block.attentionNorm(), sum(attended, input)); // S × B
    List<FeedForward> stack = new ArrayList<>(bottleneck.stack());
    stack.add(new FeedForward(block.up(), block.down(), block.feedForwardNorm()));
    int first = layer * (stack.size() + 1);
    show(observer, first, Activation.NARROW, narrow);
    for (int i = 0; i < stack.size(); i++) {
      narrow = feedForward(stack.get(i), narrow, layer * stack.size() + i);
      show(observer, first + i + 1, Activation.NARROW, narrow);
    }
    double[][] wide = sum(linear(bottleneck.output(), narrow), x); // S × E
    double[][] y = norm(config, bottleneck.outputNorm(), wide);
    show(observer, layer, Activation.FEED_FORWARD_NORM, y);
    return y;
  }

  /** S × B: norm(x + down · activation(up · x)). */
  private double[][] feedForward(FeedForward feedForward, double[][] x, int index) {
    double[][] hidden = activate(config.activation(), linear(feedForward.up(), x)); // S × F
    show(observer, index, Activation.NARROW_HIDDEN, hidden);
    return norm(config, feedForward.norm(), sum(linear(feedForward.down(), hidden), x));
  }
}
