package dunlin.host.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * {@code tokenizer.json}, through Hugging Face's own library: only it knows what one means. It is
 * native: a bug in it ends the process, so what is known to do that is refused before ({@link
 * SpecialTokens}).
 */
final class HuggingFaceTokens implements Tokenizer {
  private static final Map<String, String> AS_IT_IS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static {
    System.setProperty("ai.djl.offline", "true"); // the library lies in the jar: fetch nothing
  }

  private final Path file;
  private final HuggingFaceTokenizer tokens;
  private final SpecialTokens special;
  private final int vocabulary;

  private HuggingFaceTokens(
      Path file, HuggingFaceTokenizer tokens, SpecialTokens special, int vocabulary) {
    this.file = file;
    this.tokens = tokens;
    this.special = special;
    this.vocabulary = vocabulary;
  }

  /**
   * @param vocabulary may be above the tokenizer's own, as models are padded to round numbers; the
   *     tokens between are nothing in text
   */
  static HuggingFaceTokens read(Path file, int vocabulary) throws IOException {
    SpecialTokens special = SpecialTokens.read(file);
    if (special.size() > vocabulary) {
      throw new Refusal(
          "%s: %d tokens, the model has %d".formatted(file, special.size(), vocabulary),
          "take the tokenizer that the model was trained with");
    }
    HuggingFaceTokenizer tokens =
        library(file, () -> HuggingFaceTokenizer.newInstance(file, AS_IT_IS));
    return new HuggingFaceTokens(file, tokens, special, vocabulary);
  }

  private interface Call<T> {
    T call() throws IOException;
  }

  /** Some tokenizers load and then fail at a text. */
  private static <T> T library(Path file, Call<T> call) {
    try {
      return call.call();
    } catch (RuntimeException | IOException e) { // all that the native library throws
      throw new Refusal(
          file + ": " + ModelJson.oneLine(String.valueOf(e.getMessage())),
          "take the tokenizer.json that came with the model",
          e);
    }
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int begin() {
    return special.begin();
  }

  @Override
  public boolean ends(int token) {
    return special.ends().contains(token);
  }

  @Override
  public int[] encode(String text) {
    Encoding encoding = library(file, () -> tokens.encode(text, false, false));
    long[] ids = encoding.getIds();
    BitSet known = new BitSet(); // code points that a token stands for
    for (int i = 0; i < ids.length; i++) {
      CharSpan span = encoding.getCharTokenSpans()[i];
      if (span != null && ids[i] != special.unknown()) {
        known.set(span.getStart(), span.getEnd());
      }
    }
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      if (!known.get(i) && !Character.isWhitespace(characters[i])) {
        throw Tokenizers.unknown(
            text, text.offsetByCodePoints(0, i), "leave it out; the tokenizer would drop it");
      }
    }
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public Decoder decoder() {
    return new Detokenizer();
  }

  /**
   * A token's text depends on those before it. So two stretches are decoded, one token apart, and
   * what the longer adds is new; it waits while it ends in an incomplete character.
   */
  private final class Detokenizer implements Decoder {
    private final List<Integer> window = new ArrayList<>();
    private int shown; // tokens at the window's start whose text is out

    @Override
    public String next(int token) {
      if (token >= special.size()) {
        return "";
      }
      window.add(token);
      String news = news();
      if (news.endsWith("\uFFFD")) {
        return "";
      }
      if (!news.isEmpty()) {
        window.subList(0, shown).clear();
        shown = window.size();
      }
      return news;
    }

    @Override
    public String end() {
      String news = news();
      shown = window.size();
      return news;
    }

    private String news() {
      String before = text(shown);
      String all = text(window.size());
      return all.length() > before.length() ? all.substring(before.length()) : "";
    }

    private String text(int count) {
      if (count == 0) {
        return "";
      }
      long[] ids = window.stream().limit(count).mapToLong(Integer::longValue).toArray();
      return library(file, () -> tokens.decode(ids, true));
    }
  }
}
