package dunlin.host.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.tokenizer.Tokenizer.Decoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tokenizer.json in the manner of Llama 2: SentencePiece's pairs, with and without byte tokens. */
class HuggingFaceTokensTest {
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

  @Test
  void shouldRefuseABeginningThatIsNoToken() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"bos_token_id\": 266}");
    Path file = folder.resolve("tokenizer.json");
    String message = assertThrows(Refusal.class, () -> Tokenizers.read(file, 999)).getMessage();
    assertTrue(message.contains("token 266, with which config.json begins"), message);
  }

  @Test
  void shouldRefuseADecoderThatCrashesTheLibrary() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, Files.readString(file).replace("\"stop\":0", "\"stop\":5"));
    String message = assertThrows(Refusal.class, () -> Tokenizers.read(file, SIZE)).getMessage();
    assertTrue(message.contains("would crash the library"), message);
  }

  @Test
  void shouldRefuseATextThatTheLibraryFailsAt() throws IOException {
    Path file = write(false);
    Files.writeString(file, Files.readString(file).replace("\"<unk>\":0,", ""));
    Tokenizer withoutUnknown = Tokenizers.read(file, SIZE);
    assertThrows(Refusal.class, () -> withoutUnknown.encode("ü"));
  }

  private Path write(boolean bytes) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    return Files.writeString(file, TokenizerJson.of(bytes, "d", "o", "g", "▁d", "▁do", "▁dog"));
  }
}
