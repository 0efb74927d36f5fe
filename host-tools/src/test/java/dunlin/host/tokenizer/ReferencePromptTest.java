package dunlin.host.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.host.GreedyReference;
import dunlin.host.SharedModels;
import dunlin.host.tokenizer.Tokenizer.Decoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** llama2.c's tokenizer against what llama2.c itself made of four prompts. */
class ReferencePromptTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldEncodeThePromptAsLlama2cDoes(int index) throws IOException {
    Path folder = SharedModels.require("stories260K");
    GreedyReference reference = GreedyReference.read(folder, index);
    Tokenizer tokenizer = Tokenizers.read(folder.resolve("tok512.bin"), 512);

    int[] prompt = tokenizer.encode(reference.prompt());

    List<Integer> tokens =
        IntStream.concat(IntStream.of(tokenizer.begin()), IntStream.of(prompt)).boxed().toList();
    assertEquals(reference.tokens().subList(0, tokens.size()), tokens);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldDecodeTheStoryAsLlama2cDoes(int index) throws IOException {
    Path folder = SharedModels.require("stories260K");
    GreedyReference reference = GreedyReference.read(folder, index);
    Decoder decoder = Tokenizers.read(folder.resolve("tok512.bin"), 512).decoder();

    StringBuilder story = new StringBuilder();
    reference.tokens().forEach(token -> story.append(decoder.next(token)));
    story.append(decoder.next(reference.last())).append(decoder.end());

    assertEquals(reference.text(), story.toString());
  }
}
