package dunlin.host.sign;

import dunlin.boards.Refusal;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;

/** The public Ed25519 key of somebody whose images boards may get. */
public final class TrustedKey {
  /** RFC 8032, 5.1. */
  static final int SIGNATURE_BYTES = 64;

  private final Path file;
  private final PublicKey key;

  private TrustedKey(Path file, PublicKey key) {
    this.file = file;
    this.key = key;
  }

  /**
   * Reads a key in PEM format (SubjectPublicKeyInfo), as {@code openssl pkey -pubout} writes it.
   *
   * @throws Refusal if the file holds anything else
   */
  public static TrustedKey read(Path file) {
    PemFile pem = PemFile.read(file);
    if (pem.label().endsWith(PemFile.PRIVATE)) {
      throw new Refusal(
          file + ": is a private key, and checking needs none",
          "openssl pkey -in " + file + " -pubout writes the public one");
    }
    if (!pem.label().equals(PemFile.PUBLIC)) {
      throw SigningKey.notEd25519(file, null);
    }
    try {
      KeyFactory keys = KeyFactory.getInstance(SigningKey.ED25519);
      return new TrustedKey(file, keys.generatePublic(new X509EncodedKeySpec(pem.der())));
    } catch (InvalidKeySpecException e) {
      throw SigningKey.notEd25519(file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Where it was read. */
  Path file() {
    return file;
  }

  /** Whether a signature is this key's, of just this message (RFC 8032, 5.1.7). */
  boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false; // the JDK's looks at the beginning only
    }
    try {
      Signature verification = Signature.getInstance(SigningKey.ED25519);
      verification.initVerify(key);
      verification.update(message);
      return verification.verify(signature);
    } catch (SignatureException e) {
      return false; // it is no signature at all
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
