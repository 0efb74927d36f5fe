package dunlin.host.checkpoint.onnx;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows that a front end makes of frames.
 *
 * @param classToken whether a constant row stands first
 * @param added S × E: what is added to them, the last front-end layer's bias and the class token
 *     with it
 */
record FrameTokens(FrontEnd frontEnd, boolean classToken, double[] added) implements EncoderTokens {

  /** What makes {@code tokens}. */
  static FrameTokens of(Parts parts, Traced tokens, boolean classToken) {
    int dim = tokens.dims()[tokens.dims().length - 1];
    int first = tokens.size() - Layout.size(tokens.source().dims());
    if (first != (classToken ? dim : 0)) {
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
    double[] added = new double[tokens.size()];
    Arrays.setAll(added, tokens::offset);
    return new FrameTokens(FrontEnd.of(parts, tokens.source()), classToken, added);
  }

  @Override
  public EncoderConfig config(EncoderShape shape, List<String> labels) {
    return EncoderConfig.ofFrames(
        frontEnd.frames(),
        frontEnd.channels(),
        frontEnd.stages().stream().map(FrontEnd.Stage::convolution).toList(),
        shape.dim(),
        shape.hidden(),
        shape.layers(),
        shape.heads(),
        shape.headSize(),
        shape.norm(),
        shape.activation(),
        shape.pooling(),
        shape.epsilon(),
        labels);
  }

  @Override
  public Matrix positions(EncoderConfig config, Weights weights) {
    return Weights.row("positions", added, config.context());
  }

  @Override
  public List<Linear> frontEnd(Weights weights) throws IOException {
    List<Linear> front = new ArrayList<>();
    for (FrontEnd.Stage stage : frontEnd.stages()) {
      front.add(stage.linear("front_end." + front.size(), weights));
    }
    return front;
  }

  @Override
  public Optional<Matrix> classToken(EncoderConfig config) {
    return classToken
        ? Optional.of(Weights.row("class_token (in positions)", new double[config.dim()]))
        : Optional.empty();
  }
}
