package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void shouldReplaceAFileAndLeaveNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old and longer");
    WholeFile.write(file, new byte[] {'n'});
    assertEquals("n", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void shouldKeepALinkAndReplaceWhatItNames() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
    WholeFile.write(link, new byte[] {'n'});
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("n", Files.readString(file));
  }

  @Test
  void shouldWriteToADeviceWithoutReplacingIt() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.isWritable(device), "no /dev/null here");
    WholeFile.check(device);
    WholeFile.write(device, new byte[] {'n'});
    assertTrue(!Files.isRegularFile(device));
  }

  @Test
  void shouldLeaveTheOldFileAndNothingElseWhereTheNewOneCannotBeMoved() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("a"));
    Path old = Files.writeString(inTheWay.resolve("old"), "old");
    assertThrows(Refusal.class, () -> WholeFile.write(inTheWay, new byte[] {'n'}));
    assertEquals(List.of(inTheWay, old), files());
  }

  @Test
  void shouldWriteAllFilesOrNone() throws IOException {
    Path old = Files.writeString(folder.resolve("a"), "old");
    Map<Path, byte[]> files = new LinkedHashMap<>();
    files.put(old, new byte[] {'n'});
    files.put(folder.resolve("none").resolve("b"), new byte[] {'n'});
    assertThrows(Refusal.class, () -> WholeFile.write(files));
    assertEquals("old", Files.readString(old));
    assertEquals(List.of(old), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder)).sorted().toList();
    }
  }
}
