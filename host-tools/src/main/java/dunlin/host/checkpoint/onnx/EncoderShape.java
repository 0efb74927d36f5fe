package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.EncoderLayer.Hidden;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.Nonlinearity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all blocks of an encoder have in common; letters are {@link
 * dunlin.host.model.EncoderConfig}'s.
 *
 * @param dim E
 * @param hidden F
 */
record EncoderShape(
    int layers,
    int dim,
    Optional<Bottleneck> bottleneck,
    int heads,
    int headSize,
    int hidden,
    NormPlacement norm,
    Nonlinearity activation,
    Pooling pooling,
    double epsilon) {

  /**
   * The shape of {@code layers}, at least one.
   *
   * @throws dunlin.boards.Refusal naming a node of the first that differs
   */
  static EncoderShape of(
      Parts parts, List<EncoderLayer> layers, NormPlacement norm, Pooling pooling, double epsilon) {
    EncoderShape shape = of(layers.get(0), layers.size(), norm, pooling, epsilon);
    for (EncoderLayer layer : layers) {
      boolean alike =
          shape.equals(of(layer, layers.size(), norm, pooling, epsilon)) && shape.holds(layer);
      if (!alike) {
        throw parts.refusal(
            layer.attention().query().linear(),
            "its block has another shape than the first one, or in itself");
      }
    }
    return shape;
  }

  private static EncoderShape of(
      EncoderLayer layer, int layers, NormPlacement norm, Pooling pooling, double epsilon) {
    Heads query = layer.attention().query();
    int width = layer.last().up().inputs();
    return new EncoderShape(
        layers,
        layer.narrow().map(narrow -> narrow.output().layer().outputs()).orElse(width),
        layer.narrow().map(narrow -> new Bottleneck(width, layer.feedForwards())),
        query.heads(),
        query.headSize(),
        layer.last().up().outputs(),
        norm,
        layer.last().activation(),
        pooling,
        epsilon);
  }

  /** Whether what is added to a stream is as wide as that, and all feed-forwards are alike. */
  private boolean holds(EncoderLayer layer) {
    int width = layer.last().up().inputs();
    Stream<Hidden> stack = layer.narrow().stream().flatMap(narrow -> narrow.stack().stream());
    return layer.output().outputs() == width
        && Stream.concat(stack, Stream.of(layer.last()))
            .allMatch(
                each ->
                    each.up().inputs() == width
                        && each.up().outputs() == hidden
                        && each.down().outputs() == width
                        && each.activation() == activation);
  }
}
