package dunlin.host.checkpoint.onnx;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An encoder, found in a graph: its parts from the input to the logits. */
record OnnxEncoder(
    EncoderTokens tokens, EncoderShape shape, EncoderBlocks blocks, EncoderHead head) {

  /** The model, its weights read. */
  EncoderModel model(String name, List<String> labels, Weights weights) throws IOException {
    EncoderConfig config = tokens.config(shape, labels);
    return new EncoderModel(
        name,
        config,
        tokens.frontEnd(weights),
        tokens.words(weights),
        tokens.positions(config, weights),
        tokens.classToken(config),
        layers(weights),
        blocks.finalNorm().map(norm -> norm.norm("norm")),
        pooler(weights),
        head.head(weights));
  }

  private List<Block> layers(Weights weights) throws IOException {
    List<Block> layers = new ArrayList<>();
    for (EncoderLayer layer : blocks.layers()) {
      layers.add(layer.block("layers." + layers.size() + ".", weights));
    }
    return layers;
  }

  private Optional<Linear> pooler(Weights weights) throws IOException {
    return head.pooler().isPresent()
        ? Optional.of(weights.linear("pooler", head.pooler().get()))
        : Optional.empty();
  }
}
