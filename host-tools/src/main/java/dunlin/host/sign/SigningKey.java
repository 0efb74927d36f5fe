package dunlin.host.sign;

import dunlin.boards.Refusal;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** The private Ed25519 key of who answers for images. */
public final class SigningKey {
  static final String ED25519 = "Ed25519";

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a key in PEM format (PKCS #8), as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws Refusal if the file holds anything else
   */
  public static SigningKey read(Path file) {
    PemFile pem = PemFile.read(file);
    switch (pem.label()) {
      case PemFile.PRIVATE -> {}
      case PemFile.PUBLIC ->
          throw new Refusal(file + ": is a public key", "name the private key that belongs to it");
      case "ENCRYPTED PRIVATE KEY" ->
          throw new Refusal(
              file + ": is encrypted", "decrypt it: openssl pkey -in " + file + " -out PLAIN.pem");
      default -> throw notEd25519(file, null);
    }
    try {
      KeyFactory keys = KeyFactory.getInstance(ED25519);
      return new SigningKey(keys.generatePrivate(new PKCS8EncodedKeySpec(pem.der())));
    } catch (InvalidKeySpecException e) {
      throw notEd25519(file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** The signature, 64 bytes (RFC 8032, 5.1.6). */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Refusal notEd25519(Path file, Exception cause) {
    return new Refusal(file + ": is not an Ed25519 key", PemFile.NEW_KEY, cause);
  }
}
