package dunlin.host.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.time.CoreCosts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a sweep does not go on with, each by a line that says why; it changes none. */
class JournalTest {
  private static final String REMEDY = ": name another file, or remove it";
  private static final SweepModel MODEL = SmallSweep.model("small", 64);

  @TempDir Path folder;
  private Path file;
  private final Collection<SweepPoint> points = SmallSweep.points(MODEL, SmallSweep.BOARD);

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("it.csv");
  }

  private void refuse(String why, Collection<SweepPoint> wanted) throws IOException {
    byte[] before = Files.readAllBytes(file);
    Refusal refusal = assertThrows(Refusal.class, () -> Journal.open(file, wanted));
    assertEquals(file + ": " + why + REMEDY, refusal.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  private void write(Collection<SweepPoint> of) throws IOException {
    SweepRow row = of.iterator().next().row();
    Files.write(file, SweepCsv.file(List.of(row)));
  }

  @Test
  void shouldRefuseAFileThatIsNoneOfSweeps() throws IOException {
    Files.writeString(file, "once upon a time\nthere was a file\n");
    refuse("not a file of this version's sweeps", points);
    Files.writeString(file, "a word");
    refuse("not a file of sweeps", points);
  }

  @Test
  void shouldRefuseAnotherModelOfTheSameName() throws IOException {
    write(SmallSweep.points(SmallSweep.model("small", 96), SmallSweep.BOARD));
    String hash = SmallSweep.model("small", 96).hash();
    refuse("line 2 is of another sweep, of a model small with hash " + hash, points);
  }

  @Test
  void shouldRefuseAnotherModel() throws IOException {
    write(SmallSweep.points(SmallSweep.model("other", 64), SmallSweep.BOARD));
    refuse("line 2 is of another sweep, of model other", points);
  }

  @Test
  void shouldRefuseABoardThatHasChanged() throws IOException {
    SweepBoard faster = SweepBoard.of(SmallSweep.BOARD.type().withBaud(4_000_000));
    assertNotEquals(SmallSweep.BOARD.hash(), faster.hash());
    write(SmallSweep.points(MODEL, faster));
    refuse("line 2 is of another sweep, of a board stm32f405 with hash " + faster.hash(), points);
  }

  @Test
  void shouldRefuseAnotherBoard() throws IOException {
    write(SmallSweep.points(MODEL, SmallSweep.board("siracusa")));
    refuse("line 2 is of another sweep, of board siracusa", points);
  }

  @Test
  void shouldRefuseAFlockThatIsNotWanted() throws IOException {
    write(points);
    refuse("line 2 is of another sweep, of plan --nodes 1", points.stream().skip(1).toList());
  }

  @Test
  void shouldRefuseALineThatIsDamaged() throws IOException {
    Files.writeString(file, SweepCsv.HEAD + "small,1,2,3\n");
    refuse("line 2 is damaged", points);
  }

  @Test
  void shouldRefuseALineThatIsThereTwice() throws IOException {
    SweepRow row = points.iterator().next().row();
    Files.write(file, SweepCsv.file(List.of(row, row)));
    refuse("line 3 is there twice", points);
  }

  @Test
  void shouldRefuseAFileThatAnotherSweepWrites() {
    try (Journal first = Journal.open(file, points)) {
      assertEquals(0, first.rows().size());
      Refusal refusal = assertThrows(Refusal.class, () -> Journal.open(file, points));
      assertEquals(
          file + ": another sweep writes it: wait for it, or name another file",
          refusal.getMessage());
    }
  }

  @Test
  void shouldRefuseAFolder() {
    assertThrows(Refusal.class, () -> Journal.open(folder, points));
  }

  @Test
  void shouldKnowABoardByItsCoresTableWhereverThatLies() throws IOException {
    BoardType board = SmallSweep.BOARD.type();
    Path copy = folder.resolve("copy.toml");
    try (InputStream table = CoreCosts.class.getResourceAsStream("stm32f405.toml")) {
      Files.copy(table, copy);
    }
    BoardType moved = board.with(board.performance().withCore(copy.toString()));
    assertEquals(SmallSweep.BOARD.hash(), SweepBoard.of(moved).hash());
    BoardType other = board.with(board.performance().withCore("mps2-an385"));
    assertNotEquals(SmallSweep.BOARD.hash(), SweepBoard.of(other).hash());
  }
}
