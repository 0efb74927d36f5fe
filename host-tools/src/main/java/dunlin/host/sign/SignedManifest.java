package dunlin.host.sign;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A manifest whose signature has been verified: what may go to boards. The signature lies in a file
 * beside it, 64 bytes, so that other programs can check it too.
 *
 * @param file where it was read, for messages
 * @param manifest what it says
 */
public record SignedManifest(Path file, Manifest manifest) {
  /** No flock has a manifest that long. */
  private static final long MOST_BYTES = 1 << 20;

  /** Where the signature of a manifest lies. */
  public static Path signatureFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".sig");
  }

  /** The files to write: a manifest, and its signature. */
  public static Map<Path, byte[]> files(Path file, Manifest manifest, SigningKey key) {
    byte[] json = manifest.json();
    return Map.of(file, json, signatureFile(file), key.sign(json));
  }

  /**
   * Reads a manifest, of which nothing is believed before its signature is verified.
   *
   * @throws Refusal if it is not signed, or not by that key
   */
  public static SignedManifest read(Path file, TrustedKey key) {
    byte[] json = bytes(file, MOST_BYTES);
    byte[] signature = bytes(signatureFile(file), TrustedKey.SIGNATURE_BYTES);
    if (!key.verifies(json, signature)) {
      throw new Refusal(
          file + ": was not signed by " + key.file() + ", or was changed since",
          "get it again with its .sig, or build and sign the images anew");
    }
    return new SignedManifest(file, Manifest.parse(file.toString(), json));
  }

  private static byte[] bytes(Path file, long most) {
    try {
      if (!Files.exists(file)) {
        throw new Refusal(
            file + ": is not there, and only signed images are trusted",
            "dunlin build --sign writes it");
      }
      if (!Files.isRegularFile(file) || Files.size(file) > most) {
        throw new Refusal(
            file + ": is neither a manifest nor a signature", "dunlin build --sign writes both");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /** Refuses what was signed before release {@code least}. */
  public void expectRelease(int least) {
    if (manifest.release() < least) {
      throw new Refusal(
          "%s: is of release %d, and none before %d is wanted"
              .formatted(file, manifest.release(), least),
          "flash a later release, or change release in the rig file");
    }
  }

  /**
   * Refuses images other than those that were signed, each for its rank.
   *
   * @param images by rank, as they are to be flashed
   */
  public void check(Plan plan, List<NodeImage> images) {
    if (!manifest.plan().equals(Manifest.hash(plan))) {
      throw new Refusal(
          "%s: signs plan %s, and this is plan %s"
              .formatted(file, shown(manifest.plan()), Manifest.hash(plan)),
          "choose model and flock as they were signed, or sign this plan");
    }
    List<Manifest.Signed> built =
        Manifest.of(manifest.model(), plan, images, Map.of(), manifest.release()).images();
    for (int rank = 0; rank < built.size(); rank++) {
      if (rank >= manifest.images().size()
          || !built.get(rank).equals(manifest.images().get(rank))) {
        throw new Refusal(
            file + ": the image of rank " + rank + " is not the one that was signed",
            "build and sign with the version of Dunlin that flashes");
      }
    }
  }

  /** Refuses firmware that was not signed for its type of board. */
  public void check(Map<BoardType, byte[]> firmware) {
    firmware.forEach(
        (board, bytes) -> {
          if (!manifest.firmware().contains(Manifest.Signed.of(board, bytes))) {
            throw new Refusal(
                file + ": the firmware of " + board.name() + " is not one that was signed",
                "name it to build --sign with --firmware, or leave --firmware out here");
          }
        });
  }

  private static String shown(String hash) {
    return hash.length() <= 16 ? hash : hash.substring(0, 16) + "...";
  }
}
