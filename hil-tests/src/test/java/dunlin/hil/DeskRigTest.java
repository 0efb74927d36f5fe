package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType.Weights;
import dunlin.host.compile.Compiler;
import dunlin.host.plan.Plan;
import dunlin.host.rig.RigFiles;
import dunlin.host.run.Coordinator;
import dunlin.host.run.QemuDesk;
import dunlin.host.run.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The suite's third rig, where a board of QEMU's at a pseudo-terminal stands for one on a desk. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class DeskRigTest {
  private static final String RIG = "[[boards]]\nrank = 0\ntype = \"%s\"\n";

  private final Plan plan = RigTest.plan(Weights.PACKED);
  private final String given = System.getProperty(DeskRig.PROPERTY);
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheRig() {
    file = folder.resolve("rig.toml");
    System.setProperty(DeskRig.PROPERTY, file.toString());
  }

  @AfterEach
  void forgetTheRig() {
    if (given == null) {
      System.clearProperty(DeskRig.PROPERTY);
    } else {
      System.setProperty(DeskRig.PROPERTY, given);
    }
  }

  @Test
  void shouldRunTheSuiteOnTheBoardsThatAFileNames() throws IOException {
    QemuDesk desk = QemuRig.desk(plan, Compiler.compile(plan));
    Files.writeString(file, RIG.formatted("stm32f405"));
    Files.writeString(
        RigFiles.localFile(file), "[[ports]]\nrank = 0\nport = \"" + desk.terminal() + "\"\n");
    int[] expected = RigTest.tokens(new Coordinator(Rig.EMULATED.connect(plan)), Sampling.GREEDY);
    assertArrayEquals(
        expected, RigTest.tokens(new Coordinator(Rig.BOARDS.connect(plan)), Sampling.GREEDY));
  }

  @Test
  void shouldSayWhyItSkips() throws IOException {
    Files.writeString(file, RIG.formatted("nucleo-l476rg"));
    assertSkipped("rig boards: " + file + " has other boards or wires than stm32f405");
    System.clearProperty(DeskRig.PROPERTY);
    assertSkipped("rig boards: -Ddunlin.rig=/path/to/rig.toml names none");
  }

  private void assertSkipped(String reason) {
    TestAbortedException skipped =
        assertThrows(TestAbortedException.class, () -> Rig.BOARDS.connect(plan));
    assertEquals("Assumption failed: " + reason, skipped.getMessage());
  }
}
