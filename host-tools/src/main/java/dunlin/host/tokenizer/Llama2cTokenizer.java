package dunlin.host.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * llama2.c's tokenizer (its tokenizer.py and run.c), a SentencePiece byte-pair encoding. The file
 * is little-endian:
 *
 * <pre>
 *   0  longest piece's bytes        int32
 *   4  for each token:  score       float32, higher merges first
 *                       n           int32
 *                       piece       n bytes of UTF-8; "&lt;0x41&gt;" stands for the byte 0x41
 * </pre>
 *
 * 1 is the beginning and 2 the end of a sequence. A piece's bytes are kept in a Latin-1 string, so
 * that pieces can be joined and looked up.
 */
final class Llama2cTokenizer implements Tokenizer {
  private static final int BEGIN = 1;
  private static final int END = 2;
  private static final long LARGEST = 1 << 26;
  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");

  private final int begin;
  private final int end;
  private final List<String> pieces;
  private final float[] scores;
  private final Map<String, Integer> tokens = new HashMap<>();
  private final int[] byteTokens = new int[256]; // -1: the vocabulary has no such byte

  /**
   * @param begin the token before a text
   * @param end the token behind a text
   * @param pieces UTF-8 as Latin-1; what is not text has line breaks around it, so that none
   *     becomes it
   * @param scores as many
   */
  Llama2cTokenizer(int begin, int end, List<String> pieces, List<Float> scores) {
    this.begin = begin;
    this.end = end;
    this.pieces = pieces;
    this.scores = new float[scores.size()];
    Arrays.fill(byteTokens, -1);
    for (int token = 0; token < pieces.size(); token++) {
      this.scores[token] = scores.get(token);
      tokens.putIfAbsent(pieces.get(token), token);
      Matcher matcher = BYTE.matcher(pieces.get(token));
      if (matcher.matches()) {
        byteTokens[Integer.parseInt(matcher.group(1), 16)] = token;
      }
    }
  }

  static Llama2cTokenizer read(Path file, int vocabulary) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw refusal(file, size + " bytes, more than " + LARGEST);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int longest = bytes.remaining() < 4 ? 0 : bytes.getInt();
    if (longest < 1) {
      throw refusal(file, "no longest piece in its first four bytes");
    }
    List<String> pieces = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int at = bytes.position();
      float score = bytes.remaining() < 8 ? Float.NaN : bytes.getFloat();
      int length = Float.isNaN(score) ? -1 : bytes.getInt();
      if (length < 0 || length > Math.min(longest, bytes.remaining())) {
        throw refusal(file, "token " + pieces.size() + " at byte " + at + " is cut or damaged");
      }
      byte[] piece = new byte[length];
      bytes.get(piece);
      pieces.add(new String(piece, ISO_8859_1));
      scores.add(score);
    }
    if (pieces.size() != vocabulary || vocabulary <= END) {
      throw new Refusal(
          "%s: %d tokens, the model has %d".formatted(file, pieces.size(), vocabulary),
          "take the tokenizer that the model was trained with");
    }
    return new Llama2cTokenizer(BEGIN, END, pieces, scores);
  }

  private static Refusal refusal(Path file, String what) {
    return new Refusal(
        file + ": " + what, "it is not a llama2.c tokenizer, or damaged; download it again");
  }

  @Override
  public int vocabulary() {
    return pieces.size();
  }

  @Override
  public int begin() {
    return begin;
  }

  @Override
  public boolean ends(int token) {
    return token == begin || token == end;
  }

  @Override
  public int[] encode(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    List<Integer> characters = new ArrayList<>();
    Integer space = tokens.get(" "); // SentencePiece's dummy prefix: words begin with a space
    if (space != null) {
      characters.add(space);
    }
    for (int place = 0;
        place < text.length();
        place += Character.charCount(text.codePointAt(place))) {
      addCharacter(text, place, characters);
    }
    return new PairMerge(characters, this::merged, token -> scores[token]).run();
  }

  private void addCharacter(String text, int place, List<Integer> out) {
    int character = text.codePointAt(place);
    byte[] utf8 = Character.toString(character).getBytes(UTF_8);
    Integer whole = tokens.get(new String(utf8, ISO_8859_1));
    boolean surrogate = Character.getType(character) == Character.SURROGATE;
    if (whole != null && !surrogate) {
      out.add(whole);
      return;
    }
    for (byte one : utf8) {
      int token = byteTokens[one & 255];
      if (token < 0 || surrogate) {
        throw Tokenizers.unknown(text, place, "leave it out; this tokenizer has no byte for it");
      }
      out.add(token);
    }
  }

  /** The token of two tokens' joined pieces, -1 if there is none. */
  private int merged(int left, int right) {
    return tokens.getOrDefault(pieces.get(left).concat(pieces.get(right)), -1);
  }

  @Override
  public Decoder decoder() {
    return new PieceDecoder();
  }

  private final class PieceDecoder implements Decoder {
    private final Utf8Stream characters = new Utf8Stream();
    private boolean first = true;

    @Override
    public String next(int token) {
      if (ends(token)) {
        first = true;
        return "";
      }
      String piece = pieces.get(token);
      Matcher matcher = BYTE.matcher(piece);
      if (matcher.matches()) {
        piece = String.valueOf((char) Integer.parseInt(matcher.group(1), 16));
      } else if (first && piece.startsWith(" ")) {
        piece = piece.substring(1);
      }
      first = false;
      return characters.next(piece.getBytes(ISO_8859_1));
    }

    @Override
    public String end() {
      return characters.end();
    }
  }
}
