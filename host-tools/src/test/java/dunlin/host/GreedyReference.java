package dunlin.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * What llama2.c's own program made of a prompt, greedily.
 *
 * @param prompt given
 * @param text that came out, prompt included, without the newline that the program ends with
 * @param tokens fed in: BOS, the prompt, then each step's best
 * @param last best token after the last step
 * @param logits steps × vocabulary
 */
public record GreedyReference(
    String prompt, String text, List<Integer> tokens, int last, FloatBuffer logits) {

  /** Reference {@code index} of the model in {@code folder}. */
  public static GreedyReference read(Path folder, int index) throws IOException {
    String prefix = index + "|";
    String line =
        Files.readAllLines(folder.resolve("greedy-prompts.txt")).stream()
            .filter(candidate -> candidate.startsWith(prefix))
            .findFirst()
            .orElseThrow()
            .substring(prefix.length());
    int bar = line.indexOf('|');
    List<Integer> tokens = new ArrayList<>();
    int last = 0;
    try (Scanner steps = new Scanner(folder.resolve("greedy-p" + index + ".ids.txt"), UTF_8)) {
      while (steps.hasNextInt()) {
        steps.nextInt(); // position
        tokens.add(steps.nextInt());
        last = steps.nextInt();
      }
    }
    byte[] logits = Files.readAllBytes(folder.resolve("greedy-p" + index + ".logits.f32"));
    return new GreedyReference(
        line.substring(0, bar),
        line.substring(bar + 1, line.length() - 1).replace('~', '\n'),
        tokens,
        last,
        ByteBuffer.wrap(logits).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
  }
}
