package dunlin.host.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What may go to boards, and everything that may not. */
class SignedManifestTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");
  private static final Plan PLAN = plan(1);
  private static final List<NodeImage> IMAGES = Compiler.compile(PLAN);
  private static final byte[] FIRMWARE = {1, 2, 3};

  @TempDir private Path folder;
  private Path file;
  private KeyFiles keys;
  private Manifest manifest;

  @BeforeEach
  void sign() throws IOException {
    file = folder.resolve("it.manifest.json");
    keys = KeyFiles.write(folder, "maker", "Ed25519");
    manifest = Manifest.of("it", PLAN, IMAGES, Map.of(BOARD, FIRMWARE), 3);
    write(SignedManifest.files(file, manifest, SigningKey.read(keys.privateKey())));
  }

  private static void write(Map<Path, byte[]> files) throws IOException {
    for (Map.Entry<Path, byte[]> each : files.entrySet()) {
      Files.write(each.getKey(), each.getValue());
    }
  }

  private static Plan plan(int seed) {
    LlamaConfig shape = new LlamaConfig(6, 7, 1, 2, 1, 2, 9, 8, 1e-5, 10_000);
    return Planner.plan(
        SmallModels.quantise(RandomModel.of(shape, true, seed)),
        Collections.nCopies(2, BOARD),
        PlanOptions.DEFAULT.nodes(2, Topology.TREE));
  }

  private SignedManifest read() {
    return SignedManifest.read(file, TrustedKey.read(keys.publicKey()));
  }

  @Test
  void shouldTakeWhatWasSigned() {
    SignedManifest signed = read();
    assertEquals(manifest, signed.manifest());
    signed.check(PLAN, IMAGES);
    signed.check(Map.of(BOARD, FIRMWARE));
    signed.expectRelease(0);
    signed.expectRelease(3);
  }

  @Test
  void shouldSignTheSameBytesAgain() {
    SigningKey key = SigningKey.read(keys.privateKey());
    Map<Path, byte[]> again = SignedManifest.files(file, manifest, key);
    Map<Path, byte[]> before = SignedManifest.files(file, manifest, key);
    again.forEach((path, bytes) -> assertArrayEquals(before.get(path), bytes));
  }

  @Test
  void shouldRefuseWhatIsNotSigned() throws IOException {
    Path signature = SignedManifest.signatureFile(file);
    Files.delete(signature);
    assertRefused(
        signature
            + ": is not there, and only signed images are trusted: dunlin build --sign writes"
            + " it",
        this::read);
    Files.delete(file);
    assertRefused(
        file + ": is not there, and only signed images are trusted: dunlin build --sign writes it",
        this::read);
  }

  @Test
  void shouldRefuseAnotherKeyAndAnyChangedByte() throws IOException {
    String complaint =
        "%s: was not signed by %s, or was changed since: get it again with its .sig, or build and sign the images anew"
            .formatted(file, keys.publicKey());
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i += 7) {
      byte[] changed = good.clone();
      changed[i] ^= 4;
      Files.write(file, changed);
      assertRefused(complaint, this::read);
    }
    Files.write(file, good);
    KeyFiles others = KeyFiles.write(folder, "other", "Ed25519");
    write(SignedManifest.files(file, manifest, SigningKey.read(others.privateKey())));
    assertRefused(complaint, this::read);
  }

  @Test
  void shouldRefuseWhatTheKeySignedForOtherEnds() throws IOException {
    byte[] note = "{\"format\": \"a shopping list\"}".getBytes(UTF_8);
    Files.write(file, note);
    Files.write(SignedManifest.signatureFile(file), SigningKey.read(keys.privateKey()).sign(note));
    assertRefused(
        file + ": is no manifest of this version: write one with dunlin build --sign", this::read);
  }

  @Test
  void shouldRefuseAnOlderRelease() {
    assertRefused(
        file
            + ": is of release 3, and none before 4 is wanted: flash a later release, or change"
            + " release in the rig file",
        () -> read().expectRelease(4));
  }

  @Test
  void shouldRefuseTheImagesOfAnotherPlan() {
    Plan other = plan(2);
    assertRefused(
        "%s: signs plan %016x, and this is plan %016x: choose model and flock as they were signed, or sign this plan"
            .formatted(file, PLAN.hash(), other.hash()),
        () -> read().check(other, Compiler.compile(other)));
  }

  @Test
  void shouldRefuseImagesOfOtherRanksOtherPlansAndOtherBytes() {
    List<NodeImage> swapped = List.of(IMAGES.get(1), IMAGES.get(0));
    assertRefused(image(0), () -> read().check(PLAN, swapped));
    List<NodeImage> mixed = List.of(IMAGES.get(0), Compiler.compile(plan(2)).get(1));
    assertRefused(image(1), () -> read().check(PLAN, mixed));
    byte[] bytes = IMAGES.get(1).bytes().clone();
    bytes[bytes.length - 1] ^= 1;
    List<NodeImage> changed = new ArrayList<>(IMAGES);
    changed.set(1, IMAGES.get(1).with(bytes));
    assertRefused(image(1), () -> read().check(PLAN, changed));
  }

  private String image(int rank) {
    return "%s: the image of rank %d is not the one that was signed: build and sign with the version of Dunlin that flashes"
        .formatted(file, rank);
  }

  @Test
  void shouldRefuseFirmwareThatWasNotSignedForItsBoard() {
    String complaint =
        file
            + ": the firmware of %s is not one that was signed: name it to build --sign with"
            + " --firmware, or leave --firmware out here";
    assertRefused(
        complaint.formatted("stm32f405"), () -> read().check(Map.of(BOARD, new byte[] {1, 2, 4})));
    assertRefused(
        complaint.formatted("nucleo-l476rg"),
        () -> read().check(Map.of(BoardTypes.named("nucleo-l476rg"), FIRMWARE)));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(Refusal.class, action).getMessage());
  }
}
