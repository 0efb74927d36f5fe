package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Parts.Residual;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An encoder of frames, found in a graph from its logits backwards.
 *
 * @param positions S × E: what is added to the tokens, the last front-end layer's bias and the
 *     class token with it
 * @param layers first to last
 * @param finalNorm where norms are placed before
 */
record OnnxEncoder(
    FrontEnd frontEnd,
    double[] positions,
    Shape shape,
    List<Encoder> layers,
    Optional<Gains> finalNorm,
    Layer head) {

  /** What all blocks have in common. */
  record Shape(
      int dim,
      int hidden,
      int heads,
      int headSize,
      NormPlacement norm,
      Nonlinearity activation,
      Pooling pooling,
      double epsilon) {}

  /** Gain and bias of a norm. */
  record Gains(double[] gain, double[] bias) {
    Norm norm(String name) {
      return new Norm(Weights.row(name + ".gain", gain), Weights.row(name + ".bias", bias));
    }
  }

  /** One block. */
  record Encoder(
      Gains attentionNorm,
      SelfAttention attention,
      Layer output,
      Gains feedForwardNorm,
      Layer up,
      Layer down) {}

  /** What an operation is as an activation. */
  static Nonlinearity activation(Operation operation) {
    return switch (operation) {
      case RELU -> Nonlinearity.RELU;
      case GELU_ERF -> Nonlinearity.GELU_ERF;
      case GELU_TANH -> Nonlinearity.GELU_TANH;
      default -> Nonlinearity.NONE;
    };
  }

  /** The model, its weights read. */
  EncoderModel model(String name, List<String> labels, Weights weights) throws IOException {
    EncoderConfig config =
        EncoderConfig.ofFrames(
            frontEnd.frames(),
            frontEnd.channels(),
            frontEnd.stages().stream().map(FrontEnd.Stage::convolution).toList(),
            shape.dim(),
            shape.hidden(),
            layers.size(),
            shape.heads(),
            shape.headSize(),
            shape.norm(),
            shape.activation(),
            shape.pooling(),
            shape.epsilon(),
            labels);
    List<Linear> front = new ArrayList<>();
    for (FrontEnd.Stage stage : frontEnd.stages()) {
      front.add(stage.linear("front_end." + front.size(), weights));
    }
    List<Block> blocks = new ArrayList<>();
    for (Encoder layer : layers) {
      blocks.add(block(layer, "layers." + blocks.size() + ".", weights));
    }
    boolean classToken = shape.pooling() == Pooling.CLASS_TOKEN;
    return new EncoderModel(
        name,
        config,
        front,
        Optional.empty(),
        Weights.row("positions", positions, config.context()),
        classToken
            ? Optional.of(Weights.row("class_token (in positions)", new double[shape.dim()]))
            : Optional.empty(),
        blocks,
        finalNorm.map(norm -> norm.norm("norm")),
        Optional.empty(),
        linear("head", head, weights));
  }

  private Block block(Encoder layer, String prefix, Weights weights) throws IOException {
    SelfAttention attention = layer.attention();
    Layer output = layer.output();
    Matrix mixed =
        weights.read(
            prefix + "output", output.weight(), Weights.all(output.outputs()), attention.context());
    return new Block(
        layer.attentionNorm().norm(prefix + "attention_norm"),
        heads(prefix + "query", attention.query(), weights),
        heads(prefix + "key", attention.key(), weights),
        heads(prefix + "value", attention.value(), weights),
        new Linear(mixed, Weights.row(prefix + "output.bias", output.bias())),
        layer.feedForwardNorm().norm(prefix + "feed_forward_norm"),
        linear(prefix + "up", layer.up(), weights),
        linear(prefix + "down", layer.down(), weights),
        Optional.empty());
  }

  private static Linear heads(String name, Heads heads, Weights weights) throws IOException {
    Value weight = heads.linear().constant(1);
    return new Linear(
        weights.read(name, weight, heads.columns(), Weights.all(weight.dims()[0])),
        Weights.row(name + ".bias", heads.bias()));
  }

  private static Linear linear(String name, Layer layer, Weights weights) throws IOException {
    return new Linear(
        weights.read(
            name, layer.weight(), Weights.all(layer.outputs()), Weights.all(layer.inputs())),
        Weights.row(name + ".bias", layer.bias()));
  }

  /** Looks for an encoder. */
  static final class Finder {
    private final Parts parts;
    private final List<Encoder> layers = new ArrayList<>();
    private double epsilon = Double.NaN;

    Finder(Parts parts) {
      this.parts = parts;
    }

    /**
     * The encoder that makes {@code logits}.
     *
     * @throws dunlin.boards.Refusal naming the node that an encoder has not
     */
    OnnxEncoder find(Traced logits) {
      Layer head = parts.linear(logits);
      Traced pooled = head.input();
      Pooling pooling = Pooling.CLASS_TOKEN;
      if (pooled.source().is(Operation.MEAN_OF_ROWS)) {
        pooling = Pooling.MEAN;
        pooled = parts.plain(pooled, Operation.MEAN_OF_ROWS).traced(0);
        expectInOrder(pooled);
      }
      Gains last = gains(pooled);
      Traced sum = normalised(pooled);
      if (pooling == Pooling.CLASS_TOKEN) {
        expectFirst(pooled, sum);
      }
      Traced behind = Traced.of(sum.source());
      boolean post = parts.feedForward(behind).stream().source().is(Operation.LAYER_NORM);
      Traced tokens = post ? post(last, behind) : pre(behind);
      return new OnnxEncoder(
          frontEnd(tokens, pooling),
          positions(tokens),
          shape(post ? NormPlacement.POST : NormPlacement.PRE, pooling),
          List.copyOf(layers),
          post ? Optional.empty() : Optional.of(last),
          head);
    }

    /** The first token is taken before the last norm, or behind it. */
    private void expectFirst(Traced pooled, Traced sum) {
      boolean before = parts.row(sum) == 0 && pooled.inOrder();
      if (!before && !(parts.row(pooled) == 0 && sum.inOrder())) {
        throw parts.refusal(pooled.source(), "the head reads other than the first token or a mean");
      }
    }

    /** norm(x + f(x)), from the last sum to the tokens. */
    private Traced post(Gains last, Traced lastSum) {
      Gains gains = last;
      Traced sum = lastSum;
      while (true) {
        Residual feedForward = parts.feedForward(sum);
        Traced attended = feedForward.stream();
        Residual attention = parts.attention(normalised(inOrder(attended)));
        Layer up = up(feedForward);
        SelfAttention heads = attention(attention);
        expectSame(up.input(), attended);
        expectSame(heads.query().linear().traced(0), attention.stream());
        add(gains(attended), heads, attention, gains, up, feedForward);
        if (!attention.stream().source().is(Operation.LAYER_NORM)) {
          return attention.stream();
        }
        gains = gains(attention.stream());
        sum = normalised(inOrder(attention.stream()));
      }
    }

    /** x + f(norm(x)), from the last sum to the tokens. */
    private Traced pre(Traced last) {
      Traced stream = last;
      while (isBlock(stream)) {
        Residual feedForward = parts.feedForward(stream);
        Residual attention = parts.attention(feedForward.stream());
        Layer up = up(feedForward);
        SelfAttention heads = attention(attention);
        Traced attended = heads.query().linear().traced(0);
        expectSame(normalised(inOrder(up.input())), feedForward.stream());
        expectSame(normalised(inOrder(attended)), attention.stream());
        add(gains(attended), heads, attention, gains(up.input()), up, feedForward);
        stream = attention.stream();
      }
      return stream;
    }

    private static boolean isBlock(Traced stream) {
      return stream.source().is(Operation.SUM);
    }

    private void add(
        Gains attentionNorm,
        SelfAttention heads,
        Residual attention,
        Gains feedForwardNorm,
        Layer up,
        Residual feedForward) {
      layers.add(
          0,
          new Encoder(
              attentionNorm, heads, attention.branch(), feedForwardNorm, up, feedForward.branch()));
    }

    private Layer up(Residual feedForward) {
      Traced hidden = feedForward.branch().input();
      if (activation(hidden.source().operation()) == Nonlinearity.NONE) {
        throw parts.refusal(hidden.source(), "it is no activation that Dunlin knows");
      }
      return parts.linear(parts.plain(hidden, hidden.source().operation()).traced(0));
    }

    private SelfAttention attention(Residual residual) {
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
      expectSame(query.linear().traced(0), attention.value().linear().traced(0));
      return attention;
    }

    private void expectSame(Traced one, Traced other) {
      if (!one.same(other)) {
        throw parts.refusal(other.source(), "it is not what the other part of its block reads");
      }
    }

    private Traced inOrder(Traced value) {
      expectInOrder(value);
      return value;
    }

    private void expectInOrder(Traced value) {
      if (!value.inOrder()) {
        throw parts.refusal(value.source(), "its result is moved on the way");
      }
    }

    private Gains gains(Traced norm) {
      return new Gains(parts.gains(norm), parts.biases(norm));
    }

    /** What a norm reads. */
    private Traced normalised(Traced norm) {
      Source source = parts.expect(norm, Operation.LAYER_NORM);
      epsilon = Double.isNaN(epsilon) ? source.parameter() : epsilon;
      if (!Tolerance.near(source.parameter(), epsilon)) {
        throw parts.refusal(source, "its ε is not that of the other norms, " + epsilon);
      }
      return source.traced(0);
    }

    /** Tokens are the front end's, behind a constant one where there is a class token. */
    private FrontEnd frontEnd(Traced tokens, Pooling pooling) {
      int dim = tokens.dims()[tokens.dims().length - 1];
      int own = Layout.size(tokens.source().dims());
      int first = tokens.size() - own;
      if (first != (pooling == Pooling.CLASS_TOKEN ? dim : 0)) {
        throw parts.refusal(tokens.source(), "the head reads no token of its own, and no mean");
      }
      for (int i = 0; i < tokens.size(); i++) {
        boolean holds =
            tokens.terms() == 1
                && tokens.index(i, 0) == (i < first ? -1 : i - first)
                && (i < first || Tolerance.near(tokens.factor(i, 0), 1));
        if (!holds) {
          throw parts.refusal(tokens.source(), "tokens are moved or scaled before the blocks");
        }
      }
      return FrontEnd.of(parts, tokens.source());
    }

    private static double[] positions(Traced tokens) {
      double[] positions = new double[tokens.size()];
      Arrays.setAll(positions, tokens::offset);
      return positions;
    }

    private Shape shape(NormPlacement norm, Pooling pooling) {
      Encoder first = layers.get(0);
      Heads query = first.attention().query();
      Nonlinearity activation = activation(first.down().input().source().operation());
      for (Encoder layer : layers) {
        Heads heads = layer.attention().query();
        boolean alike =
            heads.heads() == query.heads()
                && heads.headSize() == query.headSize()
                && layer.up().outputs() == first.up().outputs()
                && layer.down().outputs() == first.up().inputs()
                && layer.output().outputs() == first.up().inputs()
                && activation(layer.down().input().source().operation()) == activation;
        if (!alike) {
          throw parts.refusal(heads.linear(), "its block has another shape than the first one");
        }
      }
      return new Shape(
          first.up().inputs(),
          first.up().outputs(),
          query.heads(),
          query.headSize(),
          norm,
          activation,
          pooling,
          Call.decimal((float) epsilon));
    }
  }
}
