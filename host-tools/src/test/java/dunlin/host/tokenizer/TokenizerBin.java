package dunlin.host.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes tokenizer.bin as llama2.c's tokenizer.py does. */
public final class TokenizerBin {
  private TokenizerBin() {}

  /** Each piece scores one less than the one before it. */
  public static Path write(Path file, List<String> pieces) throws IOException {
    List<byte[]> encoded = pieces.stream().map(piece -> piece.getBytes(UTF_8)).toList();
    int longest = encoded.stream().mapToInt(piece -> piece.length).max().orElse(0);
    int size = 4 + encoded.stream().mapToInt(piece -> 8 + piece.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(longest);
    for (int token = 0; token < encoded.size(); token++) {
      byte[] piece = encoded.get(token);
      bytes.putFloat(-token).putInt(piece.length).put(piece);
    }
    return Files.write(file, bytes.array());
  }
}
