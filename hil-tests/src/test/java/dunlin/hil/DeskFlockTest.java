package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.doctor.Diagnosis;
import dunlin.host.doctor.Finding;
import dunlin.host.doctor.LineProbe;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlockFlasher;
import dunlin.host.flock.Flock;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.LiveBoards;
import dunlin.host.flock.Progress;
import dunlin.host.flock.Story;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import dunlin.host.run.Coordinator;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.NodeLoader;
import dunlin.host.run.QemuDesk;
import dunlin.host.run.Sampling;
import dunlin.host.run.SerialCable;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import dunlin.host.serial.SerialPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A rig file and a port, exactly as with boards and a USB cable; the boards are QEMU's. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class DeskFlockTest {
  private static final String RIG =
      """
      context = 64

      [[boards]]
      rank = 0
      type = "stm32f405"
      %s
      [[boards]]
      rank = 1
      type = "stm32f405"
      """;
  private static final int TOKENS = 12;
  private static final int MANY = 20;

  @TempDir private Path folder;
  private Path file;
  private ImportedModel model;
  private Plan plan;
  private List<NodeImage> images;

  @BeforeEach
  void planTheRig() throws IOException {
    model = ImportedModel.read(Path.of("..", "models", "stint").toString());
    file = Files.writeString(folder.resolve("rig.toml"), RIG.formatted(""));
    Rig rig = RigFiles.rig(file);
    PlanOptions options = PlanOptions.DEFAULT.nodes(2, rig.topology()).withContext(rig.context());
    plan = Planner.plan(model.quantised(), rig.types(), options);
    images = Compiler.compile(plan);
  }

  @Test
  void shouldTellTheStoryOfTheEmulatedFlockOverACable() throws IOException {
    List<Integer> expected;
    try (Flock emulated = Flock.of(LiveBoards.emulate(plan, images), model.tokenizer())) {
      expected = story(emulated);
    }
    QemuDesk desk = QemuRig.desk(plan, images);
    plugIn(desk.terminal());
    try (Flock flock = Flock.of(LiveBoards.onDesk(plan, images, file), model.tokenizer())) {
      assertEquals(expected, story(flock));
    }
    try (Flock again = Flock.of(LiveBoards.onDesk(plan, images, file), model.tokenizer())) {
      assertEquals(expected, story(again));
    }
  }

  @Test
  void shouldNameAnUnpluggedCable() throws IOException {
    QemuDesk desk = QemuRig.desk(plan, images);
    Path terminal = desk.terminal();
    plugIn(terminal);
    try (Flock flock = Flock.of(LiveBoards.onDesk(plan, images, file), model.tokenizer())) {
      assertTrue(!story(flock).isEmpty());
      desk.close();
      Refusal refusal = assertThrows(Refusal.class, () -> story(flock));
      assertEquals(
          terminal + ": the line is gone: plug the cable in, and start again",
          refusal.getMessage());
    }
  }

  /** The root takes a programmer's knock for noise, and answers the HELLO after it. */
  @Test
  void shouldBeFoundByTheDoctor() {
    QemuDesk desk = QemuRig.desk(plan, images);
    int baud = plan.members().get(0).board().uart().baud();
    try (SerialLine line = SerialPorts.open(desk.terminal().toString(), LineSettings.of8N1(baud))) {
      Finding finding = Diagnosis.of(LineProbe.observe(line, baud));
      assertEquals(Finding.State.GOOD, finding.state(), finding::what);
      assertTrue(finding.what().startsWith("a node runs: rank 0 of 2, board "), finding.what());
    }
  }

  /** QEMU cannot program flash, and its nodes say so. A small model: every byte is compared. */
  @Test
  void shouldCompareAndRefuseToWriteThroughTheFlock() {
    plan =
        Planner.plan(
            ImportedEncoder.read("radar-gesture").quantised(),
            plan.members().get(0).board(),
            PlanOptions.DEFAULT.nodes(2, Topology.TREE));
    images = Compiler.compile(plan);
    QemuDesk desk = QemuRig.desk(plan, images);
    FlockFlasher flasher = FlockFlasher.overSerial(true, Progress.NONE);
    byte[] image = images.get(1).bytes();
    assertEquals(image.length, flasher.verify(job(desk, image)).alreadyThere());
    byte[] other = image.clone();
    other[other.length - 1] ^= 1;
    Refusal refusal = assertThrows(Refusal.class, () -> flasher.flash(job(desk, other)));
    assertTrue(
        refusal.what().startsWith("rank 1: the node cannot program its own flash"),
        refusal.getMessage());
  }

  /** The child, which counts frames from its boot on. */
  @Test
  void shouldRestartABoardThroughTheFlock() {
    QemuDesk desk = QemuRig.desk(plan, images);
    LineSettings settings = LineSettings.of8N1(plan.members().get(1).board().uart().baud());
    SerialLine line = SerialPorts.open(desk.terminal().toString(), settings);
    try (DeskFlock console = new DeskFlock(new SerialCable(line), plan)) {
      NodeLoader child = new NodeLoader(console, 1, plan.wiring().route(1));
      child.greet();
      for (int i = 0; i < MANY; i++) {
        child.read(i, 1);
      }
      child.restart();
      assertEquals(0, child.describe(0).fault());
      Coordinator coordinator = new Coordinator(console);
      coordinator.hello();
      assertTrue(
          coordinator.links().stream()
              .filter(link -> link.rank() == 1)
              .allMatch(link -> link.framesSent() < MANY));
    }
  }

  private FlashJob job(QemuDesk desk, byte[] image) {
    return FlashJob.ofImage(
        1,
        plan.members().get(1).board(),
        desk.terminal().toString(),
        null,
        plan.wiring().route(1),
        image);
  }

  @Test
  void shouldNameABoardAtAnotherRank() throws IOException {
    QemuDesk desk = QemuRig.desk(plan, images);
    plugIn(desk.terminal());
    Files.writeString(file, RIG.formatted("uid = \"0123456789abcdef01234567\"\n"));
    Refusal refusal =
        assertThrows(Refusal.class, () -> LiveBoards.onDesk(plan, images, file).close());
    assertTrue(
        refusal
            .getMessage()
            .matches(
                "rank 0 is board [0-9a-f]{24}, not 0123456789abcdef01234567: flash each board for its"
                    + " rank, or change the rig file"),
        refusal.getMessage());
  }

  private void plugIn(Path terminal) throws IOException {
    Files.writeString(
        RigFiles.localFile(file), "[[ports]]\nrank = 0\nport = \"" + terminal + "\"\n");
  }

  private static List<Integer> story(Flock flock) {
    Story story = flock.tell("One day, a dog", TOKENS, Sampling.GREEDY, piece -> {});
    return story.tokens();
  }
}
