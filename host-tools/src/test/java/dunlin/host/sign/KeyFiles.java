package dunlin.host.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** New keys in files, as OpenSSL writes them: {@code NAME.pem} and {@code NAME.pub.pem}. */
public record KeyFiles(Path privateKey, Path publicKey) {
  /** A pair for {@code algorithm}. */
  public static KeyFiles write(Path folder, String name, String algorithm) throws IOException {
    KeyPair pair = pair(algorithm);
    return new KeyFiles(
        write(folder.resolve(name + ".pem"), "PRIVATE KEY", pair.getPrivate()),
        write(folder.resolve(name + ".pub.pem"), "PUBLIC KEY", pair.getPublic()));
  }

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path write(Path file, String label, Key key) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label));
  }
}
