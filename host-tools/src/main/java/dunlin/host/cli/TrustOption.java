package dunlin.host.cli;

import dunlin.boards.Misuse;
import dunlin.host.rig.Trust;
import dunlin.host.sign.SignedManifest;
import dunlin.host.sign.TrustedKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whose images boards may get; without it, anybody's. */
final class TrustOption {
  @Option(
      names = "--trust",
      paramLabel = "KEY,FILE",
      converter = Converter.class,
      description = "Public key and its manifest: key.pem,it.json.")
  private Trusted trusted;

  /**
   * Whom to trust, and in what.
   *
   * @param release the first that may be flashed
   */
  record Trusted(Path key, Path manifest, int release) {}

  /** What boards may get; empty for anything. A rig file that trusts a key has the last word. */
  Optional<SignedManifest> manifest(Venue venue) {
    Optional<Trusted> byRig = byRig(venue);
    if (byRig.isPresent() && trusted != null) {
      throw new Misuse("--trust is for " + venue + " to say", "leave it out, or change that file");
    }
    return byRig.or(() -> Optional.ofNullable(trusted)).map(TrustOption::read);
  }

  private static SignedManifest read(Trusted trusted) {
    SignedManifest manifest =
        SignedManifest.read(trusted.manifest(), TrustedKey.read(trusted.key()));
    manifest.expectRelease(trusted.release());
    return manifest;
  }

  private static Optional<Trusted> byRig(Venue venue) {
    if (!(venue instanceof Venue.Boards boards) || boards.found().trust() == null) {
      return Optional.empty();
    }
    Trust trust = boards.found().trust();
    return Optional.of(
        new Trusted(
            boards.file().resolveSibling(trust.key()),
            boards.file().resolveSibling(trust.manifest()),
            trust.release() == null ? 0 : trust.release()));
  }

  static final class Converter implements ITypeConverter<Trusted> {
    @Override
    public Trusted convert(String text) {
      int comma = text.indexOf(',');
      if (comma < 1 || comma == text.length() - 1) {
        throw new TypeConversionException(
            "'" + text + "' is not KEY,FILE: name the public key and the manifest");
      }
      return new Trusted(Path.of(text.substring(0, comma)), Path.of(text.substring(comma + 1)), 0);
    }
  }
}
