package dunlin.host.cli;

import dunlin.host.checkpoint.Llama2cWriter;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.tokenizer.TokenizerBin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that find a random model in a folder; it knows the letters a to d and the blank. */
abstract class WithTinyModel {
  static final int CONTEXT = 12;

  /** Of a model whose greedy texts vary, and end with the context. */
  private static final long SEED = 9;

  private static final List<String> PIECES =
      List.of("<unk>", "<s>", "</s>", "<0x0A>", " ", "a", "b", "c", "d");

  /** Where a test may write. */
  @TempDir Path folder;

  /** The model's folder, {@code tiny}. */
  Path model;

  private static final LlamaConfig TINY =
      new LlamaConfig(8, 11, 2, 2, 1, 4, PIECES.size(), CONTEXT, 1e-5, 10_000);

  /** As the tiny one, with caches and weights that are too large for one small board. */
  static final LlamaConfig LARGE =
      new LlamaConfig(32, 8000, 2, 8, 4, 4, PIECES.size(), 512, 1e-5, 10_000);

  @BeforeEach
  void writeTinyModel() throws IOException {
    model = Files.createDirectory(folder.resolve("tiny"));
    writeModel(TINY);
    TokenizerBin.write(model.resolve("tokenizer.bin"), PIECES);
  }

  /** Puts a model of another shape in the tiny one's place. */
  void writeModel(LlamaConfig config) throws IOException {
    Llama2cWriter.v0(RandomModel.of(config, true, SEED), model.resolve("model.bin"));
  }
}
