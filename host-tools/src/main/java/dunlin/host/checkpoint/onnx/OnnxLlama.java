package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Parts.Residual;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Llama, found in a graph from its logits backwards.
 *
 * @param embedding the table
 * @param layers first to last
 * @param finalNorm gains
 */
record OnnxLlama(
    LlamaConfig config, Value embedding, List<Decoder> layers, double[] finalNorm, Layer head) {

  /** One block: gains, and what is multiplied. */
  record Decoder(
      double[] attentionNorm,
      SelfAttention attention,
      Layer output,
      double[] feedForwardNorm,
      Layer gate,
      Layer up,
      Layer down) {}

  /** Whether the embedding serves as the head. */
  boolean tied() {
    return head.weight() instanceof Stored stored
        && embedding instanceof Stored table
        && stored.tensor().equals(table.tensor());
  }

  /** The model, its weights read. */
  FloatModel model(String name, Weights weights) throws IOException {
    Matrix table = weights.table("embedding", embedding);
    List<Block> blocks = new ArrayList<>();
    for (Decoder layer : layers) {
      blocks.add(block(layer, "layers." + blocks.size() + ".", weights));
    }
    Matrix norm = Weights.row("norm", finalNorm);
    Matrix logits = tied() ? table : whole("output", head, weights);
    if (Arrays.equals(logits.values(), table.values())) {
      logits = table; // some exporters store the one matrix twice
    }
    return new FloatModel(name, config, table, List.copyOf(blocks), norm, logits);
  }

  private Block block(Decoder layer, String prefix, Weights weights) throws IOException {
    SelfAttention attention = layer.attention();
    return new Block(
        Weights.row(prefix + "attention_norm", layer.attentionNorm()),
        heads(prefix + "attention.wq", attention.query(), config.heads(), weights),
        heads(prefix + "attention.wk", attention.key(), config.kvHeads(), weights),
        heads(prefix + "attention.wv", attention.value(), config.kvHeads(), weights),
        weights.read(
            prefix + "attention.wo",
            layer.output().weight(),
            Weights.all(layer.output().outputs()),
            attention.context()),
        Weights.row(prefix + "ffn_norm", layer.feedForwardNorm()),
        whole(prefix + "feed_forward.w1", layer.gate(), weights),
        whole(prefix + "feed_forward.w3", layer.up(), weights),
        whole(prefix + "feed_forward.w2", layer.down(), weights));
  }

  private static Matrix heads(String name, Heads heads, int groups, Weights weights)
      throws IOException {
    Value weight = heads.linear().constant(1);
    return weights.read(name, weight, heads.columns(groups), Weights.all(weight.dims()[0]));
  }

  private static Matrix whole(String name, Layer layer, Weights weights) throws IOException {
    return weights.read(
        name, layer.weight(), Weights.all(layer.outputs()), Weights.all(layer.inputs()));
  }

  /** Looks for a Llama. */
  static final class Finder {
    private final Parts parts;
    private final int context;
    private double epsilon = Double.NaN;

    /**
     * @param context of the model, which the graph does not say
     */
    Finder(Parts parts, int context) {
      this.parts = parts;
      this.context = context;
    }

    /**
     * The Llama that makes {@code logits}.
     *
     * @throws dunlin.boards.Refusal naming the node that a Llama has not
     */
    OnnxLlama find(Traced logits) {
      Layer head = parts.unbiased(logits);
      double[] finalNorm = gains(head.input());
      Traced stream = normalised(head.input());
      List<Decoder> layers = new ArrayList<>();
      while (stream.source().is(Operation.SUM)) {
        Residual feedForward = parts.feedForward(stream);
        Residual attention = parts.attention(feedForward.stream());
        layers.add(0, layer(attention, feedForward));
        stream = attention.stream();
      }
      Source embedding = parts.plain(stream, Operation.EMBEDDING);
      if (layers.isEmpty()) {
        throw parts.refusal(embedding, "no block stands between it and the head");
      }
      return new OnnxLlama(
          config(embedding, layers, head), embedding.constant(0), layers, finalNorm, head);
    }

    private Decoder layer(Residual attention, Residual feedForward) {
      Source product = parts.plain(feedForward.branch().input(), Operation.PRODUCT);
      int gated = product.traced(0).source().is(Operation.SILU) ? 0 : 1;
      if (!product.traced(gated).source().is(Operation.SILU)) {
        throw parts.refusal(product, "neither factor is a SiLU, x × sigmoid(x)");
      }
      Source silu = parts.plain(product.traced(gated), Operation.SILU);
      Layer gate = parts.unbiased(silu.traced(0));
      Layer up = parts.unbiased(product.traced(1 - gated));
      SelfAttention heads = SelfAttention.of(parts, attention.branch().input());
      Traced attended = heads.query().linear().traced(0);
      expectSame(gate.input(), up.input());
      expectSame(attended, heads.value().linear().traced(0));
      expectSame(normalised(gate.input()), feedForward.stream());
      expectSame(normalised(attended), attention.stream());
      expectPlainHeads(heads);
      for (Layer layer : List.of(attention.branch(), feedForward.branch())) {
        expectUnbiased(layer.bias(), layer.source());
      }
      return new Decoder(
          gains(attended),
          heads,
          attention.branch(),
          gains(gate.input()),
          gate,
          up,
          feedForward.branch());
    }

    private void expectPlainHeads(SelfAttention heads) {
      if (!heads.causal()) {
        throw parts.refusal(heads.query().linear(), "its attention is not causal");
      }
      if (heads.query().rotation() == null) {
        throw parts.refusal(heads.query().linear(), "queries have no rotary embedding");
      }
      for (Heads each : List.of(heads.query(), heads.key(), heads.value())) {
        expectUnbiased(each.bias(), each.linear());
      }
    }

    private void expectUnbiased(double[] bias, Source source) {
      for (double each : bias) {
        if (each != 0) {
          throw parts.refusal(source, "it has a bias, which Llamas have not");
        }
      }
    }

    private void expectSame(Traced one, Traced other) {
      if (!one.same(other)) {
        throw parts.refusal(other.source(), "it is not what the other part of its block reads");
      }
    }

    private double[] gains(Traced norm) {
      expectUnbiased(parts.biases(norm), norm.source());
      return parts.gains(norm);
    }

    /** What a norm reads. */
    private Traced normalised(Traced norm) {
      Source source = parts.expect(norm, Operation.RMS_NORM);
      int last = Layout.size(source.dims()) / source.dims()[source.dims().length - 1] - 1;
      if (!norm.inOrder() && parts.row(norm) != last) { // some graphs end with one token's logits
        throw parts.refusal(source, "its result is moved on the way");
      }
      epsilon = Double.isNaN(epsilon) ? source.parameter() : epsilon;
      if (!Tolerance.near(source.parameter(), epsilon)) {
        throw parts.refusal(source, "its ε is not that of the other norms, " + epsilon);
      }
      return source.traced(0);
    }

    private LlamaConfig config(Source embedding, List<Decoder> layers, Layer head) {
      Decoder first = layers.get(0);
      Heads query = first.attention().query();
      int groups = first.attention().key().groups();
      int dim = embedding.constant(0).dims()[1];
      LlamaConfig config =
          new LlamaConfig(
              dim,
              first.gate().outputs(),
              layers.size(),
              query.heads(),
              groups,
              query.headSize(),
              embedding.constant(0).dims()[0],
              context,
              Call.decimal((float) epsilon),
              query.rotation().theta());
      for (Decoder layer : layers) {
        check(config, layer);
      }
      if (head.outputs() != config.vocabulary()) {
        throw parts.refusal(head.source(), "it has not a logit for each row of the embedding");
      }
      return config;
    }

    private void check(LlamaConfig config, Decoder layer) {
      SelfAttention attention = layer.attention();
      Heads query = attention.query();
      boolean alike =
          query.heads() == config.heads()
              && query.headSize() == config.headSize()
              && Tolerance.near(query.rotation().theta(), config.ropeTheta())
              && layer.gate().outputs() == config.hidden()
              && layer.up().outputs() == config.hidden()
              && layer.down().outputs() == config.dim()
              && layer.output().outputs() == config.dim()
              && query.columns(config.heads()) != null
              && config.heads() % config.kvHeads() == 0;
      if (!alike) {
        throw parts.refusal(query.linear(), "its block has another shape than the first one");
      }
      for (Heads each : List.of(attention.key(), attention.value())) {
        boolean fits = each.heads() == config.heads() && each.headSize() == config.headSize();
        if (!fits || each.columns(config.kvHeads()) == null) {
          throw parts.refusal(
              each.linear(), "its heads are not in " + config.kvHeads() + " equal groups");
        }
      }
    }
  }
}
