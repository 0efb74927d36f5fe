package dunlin.host.cli;

import dunlin.host.checkpoint.Llama2cWriter;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.tokenizer.TokenizerBin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of a random model that knows the letters a to d and the blank. */
final class TinyModel {
  static final int CONTEXT = 12;

  /** Of a model whose greedy texts vary, and end with the context. */
  private static final long SEED = 9;

  private static final List<String> PIECES =
      List.of("<unk>", "<s>", "</s>", "<0x0A>", " ", "a", "b", "c", "d");

  private TinyModel() {}

  /** Writes {@code tiny/} into {@code folder}. */
  static Path write(Path folder) throws IOException {
    Path model = Files.createDirectory(folder.resolve("tiny"));
    LlamaConfig config = new LlamaConfig(8, 11, 2, 2, 1, 4, PIECES.size(), CONTEXT, 1e-5, 10_000);
    Llama2cWriter.v0(RandomModel.of(config, true, SEED), model.resolve("model.bin"));
    TokenizerBin.write(model.resolve("tokenizer.bin"), PIECES);
    return model;
  }
}
