package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.host.SharedModels;
import dunlin.host.model.FloatModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** llama.cpp as the judge of GGUF: it and we read one file, and write the same. */
class LlamaCppTest {
  private static final int STEPS = 40;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "F32, 'Once upon a time'",
    "F16, 'Lily and Tom went to'",
    "Q8_0, 'One day, a dog'",
  })
  void shouldWriteWhatLlamaCppWrites(ElementType type, String prompt) throws Exception {
    Path shared = SharedModels.require("stories260K");
    FloatModel bin = Checkpoints.read(shared.resolve("stories260K.bin"));
    Path file = Stories260kGguf.of(bin, type).write(folder.resolve("model.gguf"));
    assertEquals(LlamaCpp.write(file, prompt, STEPS, folder), write(file, prompt));
  }

  /** What the oracle writes greedily behind {@code prompt}. */
  private static String write(Path file, String prompt) {
    FloatModel model = Checkpoints.read(file);
    Tokenizer tokenizer = Tokenizers.read(file, model.config().vocabulary());
    Tokenizer.Decoder words = tokenizer.decoder();
    Oracle oracle = new Oracle(model);
    int[] tokens = tokenizer.prompt(prompt);
    StringBuilder text = new StringBuilder();
    int next = -1;
    for (int position = 0; position < tokens.length + STEPS; position++) {
      int token = position < tokens.length ? tokens[position] : next;
      next = best(oracle.forward(token, position));
      String word = words.next(token);
      if (position >= tokens.length) {
        text.append(word);
      }
    }
    return text.toString();
  }

  private static int best(double[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
