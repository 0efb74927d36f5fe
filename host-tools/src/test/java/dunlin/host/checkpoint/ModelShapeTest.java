package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelShapeTest {
  @TempDir Path folder;

  @Test
  void shouldKnowTheShapesOfLlama2c() {
    ModelShape shape = ModelShape.of("stories42M");
    assertEquals(512, shape.config().dim());
    assertEquals(64, shape.config().headSize());
    assertEquals(32_000, shape.config().vocabulary());
  }

  @Test
  void shouldTakeAHuggingFaceConfig() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {"model_type": "llama", "hidden_size": 96, "intermediate_size": 128,
             "num_hidden_layers": 4, "num_attention_heads": 8, "num_key_value_heads": 4,
             "vocab_size": 1440, "max_position_embeddings": 512, "tie_word_embeddings": true}
            """);
    ModelShape shape = ModelShape.of(file.toString());
    assertEquals(12, shape.config().headSize());
    assertEquals(true, shape.tied());
  }

  @Test
  void shouldNameTheShapesWhereThereIsNoSuchOne() {
    Refusal refusal = assertThrows(Refusal.class, () -> ModelShape.of("stories1T"));
    assertEquals("no shape is called stories1T", refusal.what());
    assertEquals(
        "choose one of stories260K, stories15M, stories42M, stories110M, or name a config.json",
        refusal.remedy());
  }
}
