package dunlin.host.sign;

import dunlin.host.fuzz.Fuzzer;
import java.io.IOException;
import java.util.List;

/** A manifest: whoever signed it may have written anything. */
public final class ManifestFuzz {
  private ManifestFuzz() {}

  /** One with an image and a firmware. */
  public static byte[] good() {
    Manifest.Signed any = new Manifest.Signed("stm32f405", 9, "00ff");
    return new Manifest(Manifest.FORMAT, 3, "it", "0123", List.of(any), List.of(any)).json();
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Fuzzer.offer(input.length, () -> Manifest.parse("manifest", input));
  }
}
