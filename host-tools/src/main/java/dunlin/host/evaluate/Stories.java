package dunlin.host.evaluate;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Text files of stories, with {@code <|endoftext|>} between them. */
public final class Stories {
  private static final String SEPARATOR = "<|endoftext|>";

  private Stories() {}

  /**
   * The first stories of a file as token sequences, each with the begin token first.
   *
   * @param stories at most so many
   * @param tokens at most so many of each
   */
  public static List<int[]> read(Path file, Tokenizer tokenizer, int stories, int tokens) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
    List<int[]> sequences =
        Arrays.stream(text.split(java.util.regex.Pattern.quote(SEPARATOR)))
            .map(String::strip)
            .filter(story -> !story.isEmpty())
            .limit(stories)
            .map(story -> sequence(story, tokenizer, tokens))
            .toList();
    if (sequences.isEmpty()) {
      throw new Refusal(file + ": holds no text", "separate stories by " + SEPARATOR);
    }
    return sequences;
  }

  private static int[] sequence(String story, Tokenizer tokenizer, int tokens) {
    return IntStream.concat(IntStream.of(tokenizer.begin()), IntStream.of(tokenizer.encode(story)))
        .limit(tokens)
        .toArray();
  }
}
