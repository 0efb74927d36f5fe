package dunlin.host.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.Bert;
import dunlin.host.model.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and their places against transformers' own. */
class WordPiecesTest {
  private static final int VOCABULARY = 52;

  @TempDir Path folder;

  @Test
  void shouldCutAsTransformersDoesByVocabulary() {
    assertTexts(Bert.MOBILE);
  }

  @Test
  void shouldCutAsTransformersDoesByTokenizerJson() {
    assertTexts(Bert.PLAIN);
  }

  private static void assertTexts(Bert bert) {
    WordPieces pieces = WordPieces.read(bert.folder(), VOCABULARY);
    for (Bert.Text text : bert.texts()) {
      Pieces question = pieces.cut(text.question());
      Pieces context = pieces.cut(text.context());
      TokenSequence pair = pieces.pair("pair", question, context, 0, context.count());
      assertArrayEquals(text.tokens(), pair.tokens(), text.context());
      assertArrayEquals(text.types(), pair.types(), text.context());
      int start = pieces.startOfSecond(question);
      for (int i = 0; i < context.count(); i++) {
        int[] place = text.offsets().get(start + i);
        assertArrayEquals(place, new int[] {context.from()[i], context.to()[i]}, text.context());
      }
    }
  }

  @Test
  void shouldCutTheTextAsItWasWritten() {
    WordPieces pieces = WordPieces.read(Bert.MOBILE.folder(), VOCABULARY);
    Pieces text = pieces.cut("𝄞 Dunlins, 東京 & Café");
    assertEquals("Dunlins", text.cut(1, 2));
    assertEquals("東", text.cut(4, 4));
    assertEquals("Café", text.cut(7, 7));
  }

  @Test
  void shouldLeaveOutWhatIsTooLong() {
    WordPieces pieces = WordPieces.read(Bert.MOBILE.folder(), VOCABULARY);
    Pieces text = pieces.cut("the river of the birds");
    assertArrayEquals(new int[] {2, 5, 17, 3}, pieces.one("text", text, 4).tokens());
    assertArrayEquals(new int[] {2, 5, 17, 7, 5, 20, 3}, pieces.one("text", text, 9).tokens());
  }

  @Test
  void shouldTakeAWindowOfTheSecondText() {
    WordPieces pieces = WordPieces.read(Bert.MOBILE.folder(), VOCABULARY);
    Pieces text = pieces.cut("the river of the birds");
    TokenSequence pair = pieces.pair("pair", pieces.cut("who"), text, 1, 3);
    assertArrayEquals(new int[] {2, 11, 3, 17, 7, 3}, pair.tokens());
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, pair.types());
  }

  @Test
  void shouldKeepCapitalsWhereTheTokenizerSaysSo() throws IOException {
    Files.write(folder.resolve("vocab.txt"), List.of("[UNK]", "[CLS]", "[SEP]", "Sea", "sea"));
    assertArrayEquals(new int[] {4, 4}, WordPieces.read(folder, 5).cut("Sea sea").tokens());
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
    assertArrayEquals(new int[] {3, 4}, WordPieces.read(folder, 5).cut("Sea sea").tokens());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [UNK] [CLS]          | vocab.txt: no piece is [SEP]
          [CLS] [SEP]          | vocab.txt: no piece is [UNK]
          [UNK] [CLS] [SEP] a b c | vocab.txt: token 5, the model has 5
          """)
  void shouldRefuseVocabulariesThatWillNotDo(String pieces, String message) throws IOException {
    Files.write(folder.resolve("vocab.txt"), List.of(pieces.split(" ")));
    assertTrue(refusal().contains(message), refusal());
  }

  @Test
  void shouldRefuseOtherTokenizers() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\"}}");
    assertTrue(refusal().contains("model type \"BPE\" is not WordPiece, as BERT's is"), refusal());
  }

  @Test
  void shouldSayWhereTheLibraryRefuses() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}},
         "normalizer": {"type": "None such"}}
        """);
    assertTrue(refusal().startsWith(folder.resolve("tokenizer.json") + ": "), refusal());
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertEquals(
        folder
            + ": has neither tokenizer.json nor vocab.txt: copy the one that came with the model"
            + " there",
        refusal());
  }

  private String refusal() {
    return assertThrows(Refusal.class, () -> WordPieces.read(folder, 5)).getMessage();
  }
}
