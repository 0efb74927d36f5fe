package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
  private static final FloatModel MODEL =
      RandomModel.of(new LlamaConfig(4, 3, 1, 2, 1, 2, 5, 3, 1e-5, 10_000), true, 1);

  @TempDir private Path folder;

  @Test
  void shouldFindACheckpointAmongOtherFiles() throws IOException {
    Path tiny = Files.createDirectory(folder.resolve("tiny"));
    Path checkpoint = Llama2cWriter.v0(MODEL, tiny.resolve("weights.bin"));
    Path tokenizer = Files.write(tiny.resolve("tok5.bin"), new byte[99]);
    Files.write(tiny.resolve("other.bin"), new byte[300]);
    ModelFiles expected = new ModelFiles("tiny", checkpoint, tokenizer);
    assertEquals(expected, ModelFiles.locate(tiny.toString()));
  }

  @Test
  void shouldFindATokenizerBesideACheckpoint() throws IOException {
    Path checkpoint = Llama2cWriter.v1(MODEL, folder.resolve("weights.bin"));
    Path tokenizer = Files.createFile(folder.resolve("tokenizer.bin"));
    Files.createFile(folder.resolve("tok5.bin"));
    ModelFiles expected = new ModelFiles("weights", checkpoint, tokenizer);
    assertEquals(expected, ModelFiles.locate(checkpoint.toString()));
  }

  @Test
  void shouldFindAHuggingFaceFolder() throws IOException {
    HuggingFaceWriter.write(MODEL, folder, ElementType.F16, 1);
    Path tokenizer = Files.createFile(folder.resolve("tokenizer.json"));
    assertEquals(
        new ModelFiles(folder.getFileName().toString(), folder, tokenizer),
        ModelFiles.locate(folder.toString()));
  }

  @Test
  void shouldTakeTheFirstPlaceThatHasTheModel() throws IOException {
    Path first = folder.resolve("models").resolve("m.bin");
    Path second = Llama2cWriter.v0(MODEL, folder.resolve("m.bin"));
    Files.createFile(folder.resolve("tokenizer.bin"));
    assertEquals(second, ModelFiles.locate("m.bin", List.of(first, second)).checkpoint());
  }

  @Test
  void shouldListWhereItLooked() {
    String message = refusal("no-such-model");
    assertTrue(message.startsWith("model no-such-model is at none of no-such-model, "), message);
    assertTrue(message.contains(Path.of("models", "no-such-model").toString()), message);
    assertTrue(message.contains(Path.of("..", "shared", "models").toString()), message);
  }

  @Test
  void shouldNotGuessBetweenTwo() throws IOException {
    Path a = Llama2cWriter.v0(MODEL, folder.resolve("a.bin"));
    Path b = Llama2cWriter.v1(MODEL, folder.resolve("b.bin"));
    assertTrue(refusal(folder.toString()).contains(a + ", " + b));
    Files.delete(b);
    Files.createFile(folder.resolve("tok1.bin"));
    Files.createFile(folder.resolve("tok2.bin"));
    assertTrue(refusal(folder.toString()).contains("which tokenizer"));
  }

  @Test
  void shouldSayWhatAFolderLacks() throws IOException {
    assertTrue(refusal(folder.toString()).contains("no config.json and no checkpoint"));
    Llama2cWriter.v0(MODEL, folder.resolve("a.bin"));
    assertTrue(refusal(folder.toString()).contains("no tokenizer.json, tokenizer.bin"));
  }

  private static String refusal(String name) {
    return assertThrows(Refusal.class, () -> ModelFiles.locate(name)).getMessage();
  }
}
