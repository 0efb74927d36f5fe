package dunlin.host.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.tokenizer.Tokenizer.Decoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** llama2.c's tokenizer on vocabularies made for one question each. */
class Llama2cTokenizerTest {
  private static final int FIRST = 3; // after unknown, begin and end

  @TempDir private Path folder;

  @Test
  void shouldMergeTheBestScoreFirst() throws IOException {
    Tokenizer tokenizer = tokenizer(false, "a", "b", "c", "ab", "bc");
    assertArrayEquals(new int[] {FIRST + 3, FIRST + 2}, tokenizer.encode("abc"));
  }

  @Test
  void shouldMergeTheLeftmostOfEquals() throws IOException {
    Tokenizer tokenizer = tokenizer(false, "a", "aa");
    assertArrayEquals(new int[] {FIRST + 1, FIRST}, tokenizer.encode("aaa"));
  }

  @Test
  void shouldPutASpaceBeforeTheFirstWord() throws IOException {
    Tokenizer tokenizer = tokenizer(false, " ", "a", " a");
    assertArrayEquals(new int[] {FIRST + 2, FIRST + 2}, tokenizer.encode("a a"));
    assertArrayEquals(new int[0], tokenizer.encode(""));
  }

  @Test
  void shouldTakeThatSpaceAwayAgain() throws IOException {
    Decoder decoder = tokenizer(false, " ", "a", " a").decoder();
    assertEquals("", decoder.next(1));
    assertEquals("a", decoder.next(FIRST + 2));
    assertEquals(" a", decoder.next(FIRST + 2));
  }

  @Test
  void shouldFallBackToBytesAndHoldThemBackUntilWhole() throws IOException {
    Tokenizer tokenizer = tokenizer(true, "a");
    int[] tokens = tokenizer.encode("a🐦");
    assertArrayEquals(new int[] {FIRST + 256, 0xF0 + 3, 0x9F + 3, 0x90 + 3, 0xA6 + 3}, tokens);
    Decoder decoder = tokenizer.decoder();
    List<String> parts = Arrays.stream(tokens).mapToObj(decoder::next).toList();
    assertEquals(List.of("a", "", "", "", "🐦"), parts);
    assertEquals("", decoder.end());
  }

  @Test
  void shouldShowBytesThatNeverBecameACharacter() throws IOException {
    Decoder decoder = tokenizer(true, "a").decoder();
    assertEquals("", decoder.next(0xF0 + 3));
    assertEquals("\uFFFDa", decoder.next(FIRST + 256));
    assertEquals("", decoder.next(0xC3 + 3));
    assertEquals("\uFFFD", decoder.end());
  }

  @Test
  void shouldNameAnUnknownCharacterAndItsPlace() throws IOException {
    Tokenizer tokenizer = tokenizer(false, "a");
    String message = assertThrows(Refusal.class, () -> tokenizer.encode("aaé")).getMessage();
    assertTrue(message.contains("U+00E9 'é' at position 2"), message);
  }

  @Test
  void shouldRefuseHalfASurrogatePair() throws IOException {
    Tokenizer tokenizer = tokenizer(true, "a");
    String message = assertThrows(Refusal.class, () -> tokenizer.encode("a\uD83D")).getMessage();
    assertTrue(message.contains("U+D83D at position 1"), message);
  }

  @Test
  void shouldEndAtBothMarks() throws IOException {
    Tokenizer tokenizer = tokenizer(false, "a");
    assertEquals(1, tokenizer.begin());
    assertTrue(tokenizer.ends(1));
    assertTrue(tokenizer.ends(2));
    assertFalse(tokenizer.ends(FIRST));
  }

  @Test
  void shouldRefuseAnotherModelsVocabulary() throws IOException {
    Path file = write(false, "a");
    for (int vocabulary : new int[] {3, 5}) {
      String message =
          assertThrows(Refusal.class, () -> Tokenizers.read(file, vocabulary)).getMessage();
      assertTrue(message.contains("4 tokens, the model has " + vocabulary), message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 11, 12, 16})
  void shouldRejectTruncatedFile(int length) throws IOException {
    Path file = write(false, "a");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertThrows(Refusal.class, () -> Tokenizers.read(file, 4));
  }

  @Test
  void shouldRejectLyingLengths() throws IOException {
    refuses(bytes -> bytes.putInt(8, -1), "token 0 at byte 4");
    refuses(bytes -> bytes.putInt(8, Integer.MAX_VALUE), "token 0 at byte 4");
    refuses(bytes -> bytes.putInt(8, 6), "token 0 at byte 4"); // the longest has 5
    refuses(bytes -> bytes.putInt(0, 0), "no longest piece");
    refuses(bytes -> bytes.putFloat(4, Float.NaN), "token 0 at byte 4");
  }

  @Test
  void shouldSayThatAFileIsMissing() {
    Path file = folder.resolve("none.bin");
    String message = assertThrows(Refusal.class, () -> Tokenizers.read(file, 4)).getMessage();
    assertTrue(message.contains("none.bin: there is no such file"), message);
  }

  private void refuses(Consumer<ByteBuffer> damage, String saying) throws IOException {
    Path file = write(false, "a");
    byte[] bytes = Files.readAllBytes(file);
    damage.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(file, bytes);
    String message = assertThrows(Refusal.class, () -> Tokenizers.read(file, 4)).getMessage();
    assertTrue(message.contains(saying), message);
  }

  private Tokenizer tokenizer(boolean bytes, String... pieces) throws IOException {
    return Tokenizers.read(write(bytes, pieces), FIRST + (bytes ? 256 : 0) + pieces.length);
  }

  private Path write(boolean bytes, String... pieces) throws IOException {
    List<String> all = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int value = 0; bytes && value < 256; value++) {
      all.add("<0x%02X>".formatted(value));
    }
    all.addAll(List.of(pieces));
    return TokenizerBin.write(folder.resolve("tok.bin"), all);
  }
}
