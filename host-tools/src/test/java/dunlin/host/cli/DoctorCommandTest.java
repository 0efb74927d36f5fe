package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path folder;

  @Test
  void shouldFindARigWhoseRootHasNoPort() throws IOException {
    Path rig = folder.resolve("rig.toml");
    Files.writeString(rig, "[[boards]]\nrank = 0\ntype = \"stm32f405\"\n");
    Files.writeString(folder.resolve("rig.local.toml"), "");
    Outcome outcome = Outcome.of("doctor", "--rig", rig);
    assertEquals(1, outcome.code());
    assertTrue(outcome.out().contains("names no port of rank 0, the host's"), outcome.out());
  }
}
