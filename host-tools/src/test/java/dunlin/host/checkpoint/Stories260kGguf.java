package dunlin.host.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.host.SharedModels;
import dunlin.host.model.FloatModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** stories260K with its vocabulary from tok512.bin, as llama.cpp's converter of llama2.c has it. */
final class Stories260kGguf {
  private Stories260kGguf() {}

  static GgufWriter of(FloatModel model, ElementType type) throws IOException {
    ByteBuffer bin =
        ByteBuffer.wrap(
                Files.readAllBytes(SharedModels.require("stories260K").resolve("tok512.bin")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(4);
    List<String> pieces = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    while (bin.hasRemaining()) {
      scores.add(bin.getFloat());
      byte[] piece = new byte[bin.getInt()];
      bin.get(piece);
      pieces.add(new String(piece, UTF_8));
    }
    pieces.set(0, "<unk>");
    pieces.set(1, "<s>");
    pieces.set(2, "</s>");
    return GgufWriter.of(model, type).vocabulary(pieces, scores);
  }
}
