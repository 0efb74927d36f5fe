package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Parts.Residual;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.Nonlinearity;
import java.util.Arrays;
import java.util.List;

/** Takes apart what encoders' blocks are made of, whatever their norms. */
final class EncoderParts {
  private static final double EPSILON = 1e-12; // of models without a norm, which do not read it

  private final Parts parts;
  private double epsilon = Double.NaN;

  EncoderParts(Parts parts) {
    this.parts = parts;
  }

  /** ε of all norms so far. */
  double epsilon() {
    return Double.isNaN(epsilon) ? EPSILON : Call.decimal((float) epsilon);
  }

  /** What an activation stands between, and a feed-forward's output. */
  Layer up(Residual feedForward) {
    Traced hidden = feedForward.branch().input();
    Source activation = hidden.source();
    if (EncoderLayer.activationOf(activation) == Nonlinearity.NONE) {
      throw parts.refusal(activation, "it is no activation that Dunlin knows");
    }
    return parts.linear(parts.plain(hidden, activation.operation()).traced(0));
  }

  /** Attention of all tokens to all, each head with keys and values of its own. */
  SelfAttention attention(Residual residual) {
    SelfAttention attention = SelfAttention.of(parts, residual.branch().input());
    Heads query = attention.query();
    if (attention.causal() || query.rotation() != null) {
      throw parts.refusal(query.linear(), "its attention is causal or rotary, as a decoder's");
    }
    for (Heads each : List.of(query, attention.key(), attention.value())) {
      boolean alike = each.heads() == query.heads() && each.headSize() == query.headSize();
      if (!alike || Arrays.stream(each.columns()).distinct().count() != each.columns().length) {
        throw parts.refusal(each.linear(), "its heads are shared, or not as many as the others");
      }
    }
    return attention;
  }

  void expectSame(Traced one, Traced other) {
    if (!one.same(other)) {
      throw parts.refusal(other.source(), "it is not what the other part of its block reads");
    }
  }

  /** Gain and bias of each channel. */
  Gains gains(Traced norm) {
    return new Gains(parts.gains(norm), parts.biases(norm));
  }

  /** What a norm reads. */
  Traced normalised(Traced norm) {
    Source source = parts.expect(norm, Operation.LAYER_NORM);
    epsilon = Double.isNaN(epsilon) ? source.parameter() : epsilon;
    if (!Tolerance.near(source.parameter(), epsilon)) {
      throw parts.refusal(source, "its ε is not that of the other norms, " + epsilon);
    }
    return source.traced(0);
  }
}
