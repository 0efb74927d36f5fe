package dunlin.host.sign;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key in a text file, as OpenSSL writes it (RFC 7468).
 *
 * @param label what the file says that it is: {@code PRIVATE KEY}, {@code PUBLIC KEY}
 * @param der the key, encoded
 */
record PemFile(String label, byte[] der) {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  /** How a key is made. */
  static final String NEW_KEY = "make one with: openssl genpkey -algorithm ed25519 -out key.pem";

  /** No key of this kind is that long. */
  private static final long MOST_BYTES = 1 << 14;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /**
   * Reads the first block of a file.
   *
   * @throws Refusal if there is none, or the file cannot be read
   */
  static PemFile read(Path file) {
    String text = text(file);
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new Refusal(file + ": is no key in PEM format", NEW_KEY);
    }
    return new PemFile(block.group(1), der(file, block.group(2)));
  }

  private static byte[] der(Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refusal(file + ": its key is damaged", "copy it again", e);
    }
  }

  private static String text(Path file) {
    try {
      if (!Files.exists(file)) {
        throw new Refusal(file + ": is not there", NEW_KEY);
      }
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new Refusal(file + ": is no key in PEM format", NEW_KEY);
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }
}
