package dunlin.hil;

import com.fasterxml.jackson.databind.ObjectMapper;
import dunlin.firmware.Request;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.Generator;
import dunlin.host.run.NodeIdentity;
import dunlin.host.run.PassResult;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A greedy story from the beginning of a text, to the bit.
 *
 * @param modelHash of the quantised model
 * @param text of all tokens
 * @param tokens that were picked, without the one that ends the story
 * @param logits CRC-32 of the logits that each was picked from
 */
record GoldenStory(String modelHash, String text, List<Integer> tokens, List<String> logits) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The story in {@code file}. */
  static GoldenStory read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), GoldenStory.class);
  }

  /** Keeps the story in {@code file}. */
  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }

  /** Has a flock tell it, {@code most} tokens of it at the most. */
  static GoldenStory tell(Console root, Tokenizer tokenizer, int most) {
    Coordinator coordinator = new Coordinator(root);
    NodeIdentity node = coordinator.hello();
    Generator generator = new Generator(coordinator, node);
    Tokenizer.Decoder decoder = tokenizer.decoder();
    StringBuilder text = new StringBuilder();
    List<Integer> tokens = new ArrayList<>();
    List<String> logits = new ArrayList<>();
    int[] feed = {tokenizer.begin()};
    while (tokens.size() < most && generator.position() < node.context()) {
      PassResult pass = generator.feed(feed, Request.SAMPLE | Request.SEND_LOGITS, Sampling.GREEDY);
      if (tokenizer.ends(pass.token())) {
        break;
      }
      tokens.add(pass.token());
      logits.add(crc(pass.logits()));
      text.append(decoder.next(pass.token()));
      feed = new int[] {pass.token()};
    }
    text.append(decoder.end());
    String hash = "%016x".formatted(node.modelHash());
    return new GoldenStory(hash, text.toString(), tokens, logits);
  }

  /** The first tokens of the story; their text is left out. */
  GoldenStory first(int count) {
    return new GoldenStory(modelHash, "", tokens.subList(0, count), logits.subList(0, count));
  }

  private static String crc(int[] logits) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * logits.length);
    bytes.asIntBuffer().put(logits);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return "%08x".formatted(crc.getValue());
  }
}
