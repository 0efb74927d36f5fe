package dunlin.host.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dunlin.boards.Refusal;
import dunlin.host.tokenizer.Tokenizer.Decoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tokenizer.json in the manner of Llama 2: SentencePiece's pairs, with and without byte tokens. */
class HuggingFaceTokensTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES = 3; // <0x00>
  private static final int SPACE = BYTES + 256;
  private static final int DOG = SPACE + 6;
  private static final int SIZE = DOG + 1;

  @TempDir private Path folder;
  private Tokenizer tokenizer;

  @BeforeEach
  void write() throws IOException {
    tokenizer = Tokenizers.read(write(true), SIZE);
  }

  @Test
  void shouldMergePairs() {
    assertArrayEquals(new int[] {DOG, DOG}, tokenizer.encode("dog dog"));
  }

  @Test
  void shouldFallBackToBytes() {
    assertArrayEquals(
        new int[] {SPACE, BYTES + 0xC3, BYTES + 0xBC, DOG}, tokenizer.encode("ü dog"));
  }

  @Test
  void shouldKnowWhereTextsBeginAndEnd() {
    assertEquals(1, tokenizer.begin());
    assertTrue(tokenizer.ends(1));
    assertTrue(tokenizer.ends(2));
    assertFalse(tokenizer.ends(DOG));
  }

  @Test
  void shouldBelieveTheConfigBeside() throws IOException {
    Files.writeString(
        folder.resolve("config.json"), "{\"bos_token_id\": 2, \"eos_token_id\": [4, 5]}");
    Tokenizer told = Tokenizers.read(folder.resolve("tokenizer.json"), SIZE);
    assertEquals(2, told.begin());
    assertTrue(told.ends(4));
    assertTrue(told.ends(5));
    assertFalse(told.ends(1));
  }

  @Test
  void shouldHoldBackHalfACharacter() {
    Decoder decoder = tokenizer.decoder();
    assertEquals("", decoder.next(tokenizer.begin()));
    assertEquals("dog", decoder.next(DOG));
    assertEquals("", decoder.next(BYTES + 0xC3));
    assertEquals("ü", decoder.next(BYTES + 0xBC));
    assertEquals(" dog", decoder.next(DOG));
    assertEquals("", decoder.next(BYTES + 0xC3));
    assertEquals("\uFFFD", decoder.end());
  }

  @Test
  void shouldDecodeWhatItEncoded() {
    String text = "dog ü\n🐦 god  dog";
    Decoder decoder = tokenizer.decoder();
    StringBuilder decoded = new StringBuilder(decoder.next(tokenizer.begin()));
    for (int token : tokenizer.encode(text)) {
      decoded.append(decoder.next(token));
    }
    assertEquals(text, decoded.append(decoder.end()).toString());
  }

  @Test
  void shouldNameAnUnknownCharacterAndItsPlace() throws IOException {
    Tokenizer withoutBytes = Tokenizers.read(write(false), SIZE);
    String message = assertThrows(Refusal.class, () -> withoutBytes.encode("dog ü")).getMessage();
    assertTrue(message.contains("U+00FC 'ü' at position 4"), message);
  }

  @Test
  void shouldAcceptAPaddedModel() throws IOException {
    Tokenizer padded = Tokenizers.read(folder.resolve("tokenizer.json"), SIZE + 9);
    assertEquals(SIZE + 9, padded.vocabulary());
    assertEquals("", padded.decoder().next(SIZE + 8));
  }

  @Test
  void shouldRefuseASmallerModel() {
    Path file = folder.resolve("tokenizer.json");
    String message =
        assertThrows(Refusal.class, () -> Tokenizers.read(file, SIZE - 1)).getMessage();
    assertTrue(message.contains(SIZE + " tokens, the model has " + (SIZE - 1)), message);
  }

  @Test
  void shouldRefuseWhatTheLibraryDoesNotRead() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, Files.readString(file).replace("\"BPE\"", "\"XPE\""));
    assertThrows(Refusal.class, () -> Tokenizers.read(file, SIZE));
  }

  private Path write(boolean bytes) throws IOException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (String name : List.of("<unk>", "<s>", "</s>")) {
      vocabulary.put(name, vocabulary.size());
    }
    for (int value = 0; value < 256; value++) {
      vocabulary.put((bytes ? "<0x%02X>" : "<byte %02X>").formatted(value), vocabulary.size());
    }
    for (String piece : List.of("▁", "d", "o", "g", "▁d", "▁do", "▁dog")) {
      vocabulary.put(piece, vocabulary.size());
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("unk_token", "<unk>");
    model.put("fuse_unk", true);
    model.put("byte_fallback", bytes);
    model.put("vocab", vocabulary);
    model.put("merges", List.of("▁ d", "▁d o", "▁do g"));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.0");
    json.put("added_tokens", List.of(special(0, "<unk>"), special(1, "<s>"), special(2, "</s>")));
    json.put(
        "normalizer",
        sequence(
            "normalizers",
            Map.of("type", "Prepend", "prepend", "▁"),
            Map.of("type", "Replace", "pattern", Map.of("String", " "), "content", "▁")));
    json.put(
        "decoder",
        sequence(
            "decoders",
            Map.of("type", "Replace", "pattern", Map.of("String", "▁"), "content", " "),
            Map.of("type", "ByteFallback"),
            Map.of("type", "Fuse"),
            Map.of("type", "Strip", "content", " ", "start", 1, "stop", 0)));
    json.put("model", model);
    Path file = folder.resolve("tokenizer.json");
    JSON.writeValue(file.toFile(), json);
    return file;
  }

  private static Map<String, Object> special(int id, String content) {
    Map<String, Object> token = new LinkedHashMap<>(Map.of("id", id, "content", content));
    List.of("single_word", "lstrip", "rstrip", "normalized").forEach(key -> token.put(key, false));
    token.put("special", true);
    return token;
  }

  private static Map<String, Object> sequence(String key, Object... parts) {
    return Map.of("type", "Sequence", key, List.of(parts));
  }
}
