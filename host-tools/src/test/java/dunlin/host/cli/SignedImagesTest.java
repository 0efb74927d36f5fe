package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.sign.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code build --sign} and {@code flash --trust}, by files in the place of boards. */
class SignedImagesTest extends WithTinyModel {
  private KeyFiles keys;
  private Path images;
  private Path manifest;
  private Path place;

  @BeforeEach
  void makeKeys() throws IOException {
    keys = KeyFiles.write(folder, "maker", "Ed25519");
    images = folder.resolve("images");
    manifest = images.resolve("tiny.manifest.json");
    place = folder.resolve("flash.bin");
    Files.write(folder.resolve("stm32f405.bin"), new byte[] {1, 2, 3, 4});
  }

  private Outcome on(String command, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command, "--model", model));
    all.addAll(List.of(more));
    return Outcome.of(all.toArray());
  }

  private Outcome build(Object... more) {
    List<Object> all = new ArrayList<>(List.of("--board", "stm32f405", "--output", images));
    all.addAll(List.of("--sign", keys.privateKey()));
    all.addAll(List.of(more));
    return on("build", all.toArray());
  }

  private Outcome flash(String command, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--by", "qemu", "--port", place));
    all.addAll(List.of("--firmware", folder));
    all.addAll(List.of(more));
    return on(command, all.toArray());
  }

  private Outcome trusting(String command) {
    return flash(command, "--board", "stm32f405", "--trust", keys.publicKey() + "," + manifest);
  }

  @Test
  void shouldFlashAndVerifyWhatWasSigned() throws IOException {
    Outcome build = build("--firmware", folder, "--release", 2);
    assertEquals(0, build.code(), build.err());
    assertTrue(build.out().contains("\nsigned   " + manifest + ", .sig beside it\n"), build.out());
    Outcome flash = trusting("flash");
    assertEquals(0, flash.code(), flash.err());
    assertEquals(0, trusting("verify").code());
  }

  @Test
  void shouldWriteNothingThatWasNotSigned() throws IOException {
    build("--context", 7, "--firmware", folder);
    Outcome otherPlan = trusting("flash");
    assertEquals(1, otherPlan.code());
    assertTrue(
        otherPlan.err().startsWith("dunlin: " + manifest + ": signs plan "), otherPlan.err());
    build();
    Outcome otherFirmware = trusting("flash");
    assertEquals(
        "dunlin: %s: the firmware of stm32f405 is not one that was signed: name it to build --sign with --firmware, or leave --firmware out here\n"
            .formatted(manifest),
        otherFirmware.err());
    Files.delete(manifest);
    Outcome unsigned = trusting("flash");
    assertEquals(
        "dunlin: %s: is not there, and only signed images are trusted: dunlin build --sign writes it\n"
            .formatted(manifest),
        unsigned.err());
    assertFalse(Files.exists(place));
  }

  @Test
  void shouldRefuseByDefaultWhereARigTrustsAKey() throws IOException {
    Path rig = Files.writeString(folder.resolve("rig.toml"), rig(3));
    build("--firmware", folder, "--release", 2);
    Outcome older = flash("flash", "--rig", rig);
    assertEquals(
        "dunlin: %s: is of release 2, and none before 3 is wanted: flash a later release, or change release in the rig file\n"
            .formatted(manifest),
        older.err());
    assertFalse(Files.exists(place));
    build("--firmware", folder, "--release", 3);
    Outcome flash = flash("flash", "--rig", rig);
    assertEquals(0, flash.code(), flash.err());
    Outcome twice = flash("flash", "--rig", rig, "--trust", keys.publicKey() + "," + manifest);
    assertEquals(
        "dunlin: --trust is for " + rig + " to say: leave it out, or change that file\n",
        twice.err());
    assertEquals(2, twice.code());
  }

  private static String rig(int release) {
    return """
        [trust]
        key = "maker.pub.pem"
        manifest = "images/tiny.manifest.json"
        release = %d

        [[boards]]
        rank = 0
        type = "stm32f405"
        """
        .formatted(release);
  }

  /** The header is the same, and so is the CRC of what follows it: only a look at it shows. */
  @Test
  void shouldNotTakeAHeaderForAnImage() throws IOException {
    build("--firmware", folder);
    assertEquals(0, trusting("flash").code());
    byte[] good = Files.readAllBytes(place);
    byte[] forged = good.clone();
    forged[forged.length - 1] ^= 1;
    Files.write(place, forged);
    assertEquals(1, trusting("verify").code());
    assertEquals(0, trusting("flash").code());
    assertEquals(-1, Arrays.mismatch(good, Files.readAllBytes(place)));
  }

  @Test
  void shouldSayWhatIsMissingToSign() {
    Outcome release = on("build", "--release", 2);
    assertEquals(
        "dunlin: --release is for what is signed: name the key with --sign\n", release.err());
    assertEquals(2, release.code());
    Outcome key = on("build", "--sign", folder.resolve("none.pem"), "--output", images);
    assertEquals(
        "dunlin: %s: is not there: make one with: openssl genpkey -algorithm ed25519 -out key.pem\n"
            .formatted(folder.resolve("none.pem")),
        key.err());
    assertFalse(Files.exists(images));
    Outcome alone = flash("flash", "--trust", keys.publicKey());
    assertEquals(
        "dunlin: Invalid value for option '--trust': '%s' is not KEY,FILE: name the public key and the manifest: see dunlin flash --help\n"
            .formatted(keys.publicKey()),
        alone.err());
  }
}
