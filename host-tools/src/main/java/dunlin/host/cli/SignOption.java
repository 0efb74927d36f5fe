package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.host.sign.Manifest;
import dunlin.host.sign.SignedManifest;
import dunlin.host.sign.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Who answers for the images that are built: by default nobody. */
final class SignOption {
  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Ed25519 key (PEM) that signs a manifest of the images.")
  private Path keyFile;

  @Option(
      names = "--release",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Signed with them: a rig may refuse those before N.")
  private int release;

  @Option(
      names = "--firmware",
      paramLabel = "DIR",
      description = "Where build has put firmware to be signed as well.")
  private Path firmwareFolder;

  private SigningKey key;

  /** Refuses a key that cannot sign: before the work, not after it. */
  void check() {
    if (keyFile != null) {
      key = SigningKey.read(keyFile);
    } else if (release > 0 || firmwareFolder != null) {
      throw new Misuse(
          (release > 0 ? "--release" : "--firmware") + " is for what is signed",
          "name the key with --sign");
    }
  }

  /** Whether images are signed. */
  boolean wanted() {
    return key != null;
  }

  /** The manifest and its signature, by their files. */
  Map<Path, byte[]> files(Path manifest, Built built) {
    return SignedManifest.files(
        manifest,
        Manifest.of(built.model(), built.plan(), built.images(), firmware(built), release),
        key);
  }

  private Map<BoardType, byte[]> firmware(Built built) {
    List<BoardType> types =
        built.plan().members().stream().map(member -> member.board()).distinct().toList();
    return firmwareFolder == null ? Map.of() : FirmwareOption.found(firmwareFolder, types);
  }
}
