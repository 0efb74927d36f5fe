package dunlin.host.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.Programs;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in files, and what they sign. */
class KeysTest {
  private static final String NEW_KEY =
      ": make one with: openssl genpkey -algorithm ed25519 -out key.pem";
  private static final byte[] MESSAGE = {1, 2, 3};

  @TempDir private Path folder;
  private KeyFiles keys;

  @BeforeEach
  void makeKeys() throws IOException {
    keys = KeyFiles.write(folder, "maker", "Ed25519");
  }

  @Test
  void shouldVerifyWhatItsKeySignedAndNothingElse() throws IOException {
    SigningKey signing = SigningKey.read(keys.privateKey());
    TrustedKey trusted = TrustedKey.read(keys.publicKey());
    byte[] signature = signing.sign(MESSAGE);
    assertEquals(64, signature.length);
    assertTrue(trusted.verifies(MESSAGE, signature));
    assertFalse(trusted.verifies(new byte[] {1, 2, 4}, signature));
    for (int i = 0; i < signature.length; i++) {
      byte[] other = signature.clone();
      other[i] ^= 1;
      assertFalse(trusted.verifies(MESSAGE, other), "byte " + i);
    }
    assertFalse(trusted.verifies(MESSAGE, new byte[0]));
    assertFalse(trusted.verifies(MESSAGE, new byte[64]));
    assertFalse(trusted.verifies(MESSAGE, Arrays.copyOf(signature, 65)));
    KeyFiles others = KeyFiles.write(folder, "other", "Ed25519");
    assertFalse(TrustedKey.read(others.publicKey()).verifies(MESSAGE, signature));
  }

  @Test
  void shouldAgreeWithOpenssl() throws Exception {
    assumeTrue(Programs.installed("openssl"), "OpenSSL: sudo apt install openssl");
    openssl("genpkey", "-algorithm", "ed25519", "-out", "its.pem");
    openssl("pkey", "-in", "its.pem", "-pubout", "-out", "its.pub.pem");
    Files.write(folder.resolve("message"), MESSAGE);
    byte[] ours = SigningKey.read(folder.resolve("its.pem")).sign(MESSAGE);
    Files.write(folder.resolve("ours"), ours);
    openssl(
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "its.pub.pem",
        "-rawin",
        "-in",
        "message",
        "-sigfile",
        "ours");
    openssl("pkeyutl", "-sign", "-inkey", "its.pem", "-rawin", "-in", "message", "-out", "its");
    byte[] its = Files.readAllBytes(folder.resolve("its"));
    assertTrue(TrustedKey.read(folder.resolve("its.pub.pem")).verifies(MESSAGE, its));
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertEquals(0, process.waitFor(), Files.readString(folder.resolve("log")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed448", "RSA", "EC", "X25519"})
  void shouldRefuseKeysOfOtherKinds(String algorithm) throws IOException {
    KeyFiles others = KeyFiles.write(folder, "other", algorithm);
    assertRefused(
        others.privateKey() + ": is not an Ed25519 key" + NEW_KEY,
        () -> SigningKey.read(others.privateKey()));
    assertRefused(
        others.publicKey() + ": is not an Ed25519 key" + NEW_KEY,
        () -> TrustedKey.read(others.publicKey()));
  }

  @Test
  void shouldTellThePublicKeyFromThePrivate() {
    assertRefused(
        keys.publicKey() + ": is a public key: name the private key that belongs to it",
        () -> SigningKey.read(keys.publicKey()));
    assertRefused(
        "%1$s: is a private key, and checking needs none: openssl pkey -in %1$s -pubout writes the public one"
            .formatted(keys.privateKey()),
        () -> TrustedKey.read(keys.privateKey()));
  }

  @Test
  void shouldRefuseWhatIsNoKey() throws IOException {
    Path file = folder.resolve("some.pem");
    assertRefused(file + ": is not there" + NEW_KEY, () -> SigningKey.read(file));
    Files.writeString(file, "key");
    assertRefused(file + ": is no key in PEM format" + NEW_KEY, () -> SigningKey.read(file));
    assertRefused(folder + ": is no key in PEM format" + NEW_KEY, () -> SigningKey.read(folder));
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nMCo\n-----END PUBLIC KEY-----\n");
    assertRefused(file + ": is not an Ed25519 key" + NEW_KEY, () -> TrustedKey.read(file));
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nM\n-----END PUBLIC KEY-----\n");
    assertRefused(file + ": its key is damaged: copy it again", () -> TrustedKey.read(file));
    Files.writeString(
        file, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGb\n-----END ENCRYPTED PRIVATE KEY-----\n");
    assertRefused(
        "%1$s: is encrypted: decrypt it: openssl pkey -in %1$s -out PLAIN.pem".formatted(file),
        () -> SigningKey.read(file));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(Refusal.class, action).getMessage());
  }
}
