package dunlin.host.tokenizer;

import dunlin.host.fuzz.FuzzedFile;
import dunlin.host.fuzz.Fuzzer;
import java.io.IOException;
import java.nio.file.Path;

/** What is read of tokenizer.json before the library sees it. */
public final class SpecialTokensFuzz {
  private SpecialTokensFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = FuzzedFile.write("tokenizer.json", input);
    Fuzzer.offer(input.length, () -> SpecialTokens.read(file));
  }
}
