package dunlin.host.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.host.fuzz.Fuzzer;
import java.io.IOException;

/** A description, not the weights that it stands for. */
public final class EncoderDescriptionFuzz {
  private EncoderDescriptionFuzz() {}

  /** With two convolutions. */
  public static byte[] good() {
    return EncoderDescriptionTest.GOOD.getBytes(UTF_8);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Fuzzer.offer(
        input.length, () -> EncoderDescription.parse("it.toml", "it", new String(input, UTF_8)));
  }
}
