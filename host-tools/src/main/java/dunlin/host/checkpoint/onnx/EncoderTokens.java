package dunlin.host.checkpoint.onnx;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What makes the rows that the first block reads: {@link EncoderModel}'s ends below the blocks. */
sealed interface EncoderTokens permits FrameTokens, WordTokens {
  EncoderConfig config(EncoderShape shape, List<String> labels);

  Matrix positions(EncoderConfig config, Weights weights) throws IOException;

  default List<Linear> frontEnd(Weights weights) throws IOException {
    return List.of();
  }

  default Optional<Matrix> classToken(EncoderConfig config) {
    return Optional.empty();
  }

  default Optional<EncoderModel.Words> words(Weights weights) throws IOException {
    return Optional.empty();
  }
}
