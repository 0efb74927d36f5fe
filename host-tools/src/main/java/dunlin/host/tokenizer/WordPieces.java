package dunlin.host.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.model.TokenSequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a text encoder: WordPiece, through Hugging Face's own library, with BERT's marks
 * around each text.
 */
public final class WordPieces {
  private static final Map<String, String> AS_IT_IS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  /** Tokens around one text. */
  public static final int MARKS = 2;

  private static final String BEGIN = "[CLS]";
  private static final String END = "[SEP]";

  static {
    System.setProperty("ai.djl.offline", "true"); // the library lies in the jar: fetch nothing
  }

  private final Path file;
  private final HuggingFaceTokenizer library;
  private final int begin;
  private final int end;

  private WordPieces(Path file, HuggingFaceTokenizer library, int begin, int end) {
    this.file = file;
    this.library = library;
    this.begin = begin;
    this.end = end;
  }

  /**
   * The tokenizer of a model.
   *
   * @param folder has {@code tokenizer.json}, or {@code vocab.txt} and perhaps {@code
   *     tokenizer_config.json}
   * @param vocabulary tokens of the model
   * @throws Refusal if there is none, or it is damaged or another model's
   */
  public static WordPieces read(Path folder, int vocabulary) {
    try {
      WordPieceFile pieces = WordPieceFile.in(folder);
      int[] marks = pieces.tokens(List.of(BEGIN, END), vocabulary);
      byte[] json = pieces.json().toString().getBytes(StandardCharsets.UTF_8);
      return new WordPieces(pieces.file(), library(pieces.file(), json), marks[0], marks[1]);
    } catch (IOException e) {
      throw new Unreadable(folder, e);
    }
  }

  private static HuggingFaceTokenizer library(Path file, byte[] json) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), AS_IT_IS);
    } catch (RuntimeException e) { // all that the native library throws
      throw refusal(file, e);
    }
  }

  private static Refusal refusal(Path file, RuntimeException e) {
    return new Refusal(
        file + ": " + ModelJson.oneLine(String.valueOf(e.getMessage())),
        "take the tokenizer that came with the model",
        e);
  }

  /** A text in pieces, without marks. */
  public Pieces cut(String text) {
    Encoding encoding;
    try {
      encoding = library.encode(text, false, false);
    } catch (RuntimeException e) {
      throw refusal(file, e);
    }
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] chars = chars(text);
    return new Pieces(
        text,
        Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray(),
        Arrays.stream(spans).mapToInt(span -> chars[span.getStart()]).toArray(),
        Arrays.stream(spans).mapToInt(span -> chars[span.getEnd()]).toArray());
  }

  /** Where each code point begins, and where the text ends: the library counts code points. */
  private static int[] chars(String text) {
    int[] chars = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < chars.length; i++) {
      chars[i] = text.offsetByCodePoints(chars[i - 1], 1);
    }
    return chars;
  }

  /**
   * [CLS] text [SEP].
   *
   * @param most tokens, marks included; what is behind is left out
   * @throws Refusal where there is no room for any
   */
  public TokenSequence one(String name, Pieces text, int most) {
    if (most <= MARKS) {
      throw new Refusal(
          most + " tokens hold no text beside " + BEGIN + " and " + END,
          "let the flock take more of them");
    }
    int[] tokens = new int[Math.min(text.count(), most - MARKS) + MARKS];
    System.arraycopy(text.tokens(), 0, tokens, 1, tokens.length - MARKS);
    tokens[0] = begin;
    tokens[tokens.length - 1] = end;
    return new TokenSequence(name, tokens, new int[tokens.length]);
  }

  /**
   * A line of one text, or of two with a tab between them; what makes it too long is left out at
   * its end.
   *
   * @param most tokens, marks included
   */
  public TokenSequence line(String line, int most) {
    int tab = line.indexOf('\t');
    if (tab < 0) {
      return one(line, cut(line), most);
    }
    Pieces first = cut(line.substring(0, tab));
    Pieces second = cut(line.substring(tab + 1));
    int room = most - startOfSecond(first) - 1;
    return room < 0
        ? one(line, first, most)
        : pair(line, first, second, 0, Math.min(room, second.count()));
  }

  /**
   * [CLS] first [SEP] second [SEP]; all from the second on is of type 1.
   *
   * @param from the first piece of the second text
   * @param to one behind its last piece
   */
  public TokenSequence pair(String name, Pieces first, Pieces second, int from, int to) {
    int start = startOfSecond(first);
    int[] tokens = new int[start + to - from + 1];
    System.arraycopy(first.tokens(), 0, tokens, 1, first.count());
    System.arraycopy(second.tokens(), from, tokens, start, to - from);
    tokens[0] = begin;
    tokens[start - 1] = end;
    tokens[tokens.length - 1] = end;
    int[] types = new int[tokens.length];
    Arrays.fill(types, start, types.length, 1);
    return new TokenSequence(name, tokens, types);
  }

  /** The place of the second text of a {@link #pair}. */
  public int startOfSecond(Pieces first) {
    return first.count() + 2;
  }
}
