package dunlin.host.tokenizer;

import dunlin.host.fuzz.FuzzedFile;
import dunlin.host.fuzz.Fuzzer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is made of vocab.txt before the library sees it. */
public final class WordPiecesFuzz {
  private WordPiecesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path folder = FuzzedFile.write("vocab.txt", input).getParent();
    Fuzzer.offer(
        input.length, () -> WordPieceFile.in(folder).tokens(List.of("[CLS]", "[SEP]"), 64));
  }
}
