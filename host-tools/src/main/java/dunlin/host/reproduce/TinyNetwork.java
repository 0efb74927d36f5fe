package dunlin.host.reproduce;

import dunlin.host.bench.AttentionShape;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.model.EncoderConfig;
import java.util.List;

/**
 * A network of the paper's, as Dunlin describes it.
 *
 * @param name of the description
 * @param config its shape
 * @param layer the same of its attention
 */
record TinyNetwork(String name, EncoderConfig config, AttentionShape layer) {
  /** All that the paper gives shapes of. */
  static final List<TinyNetwork> ALL =
      EncoderDescription.OF_FRAMES.stream().map(TinyNetwork::named).toList();

  private static TinyNetwork named(String name) {
    EncoderConfig config = EncoderDescription.named(name).config();
    AttentionShape layer =
        AttentionShape.PUBLISHED.stream()
            .filter(shape -> isOf(shape, config))
            .findFirst()
            .orElseThrow();
    return new TinyNetwork(name, config, layer);
  }

  private static boolean isOf(AttentionShape shape, EncoderConfig config) {
    return shape.positions() == config.context()
        && shape.width() == config.dim()
        && shape.heads() == config.heads()
        && shape.headSize() == config.headSize();
  }

  TinySetting setting() {
    return TinySetting.of(name);
  }
}
