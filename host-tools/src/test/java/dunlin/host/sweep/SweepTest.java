package dunlin.host.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.compile.Layout;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.search.Objective;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final int STEP = 211;
  private static final SweepModel MODEL = SmallSweep.model("small", 64);

  @TempDir Path folder;
  private Path file;
  private final Collection<SweepPoint> points = SmallSweep.points();

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("it.csv");
  }

  /** What the file holds then. */
  private String sweep() throws IOException {
    SmallSweep.run(points, file, 2);
    return Files.readString(file);
  }

  private static SweepRow row(SweepModel model, String board, Wanted wanted, int context) {
    return new SweepPoint(model, SmallSweep.board(board), wanted, context).row();
  }

  /** Of the small model on boards that are wired as a tree of UARTs. */
  private static SweepRow tree(String board, int nodes, int context) {
    return row(MODEL, board, new Wanted.Given(nodes, Topology.TREE, LinkKind.UART, 1), context);
  }

  @Test
  void shouldWriteTheSameFileWithAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one.csv");
    Path many = folder.resolve("many.csv");
    SmallSweep.run(points, one, 1);
    SmallSweep.run(points, many, 4);
    assertEquals(Files.readString(one), Files.readString(many));
  }

  @Test
  void shouldGoOnFromAnyPrefixToTheSameFile() throws IOException {
    String whole = sweep();
    for (int end = 0; end < whole.length(); end += STEP) {
      String prefix = whole.substring(0, end);
      Files.writeString(file, prefix);
      try (Journal journal = Journal.open(file, points)) {
        long lines = prefix.chars().filter(c -> c == '\n').count();
        assertEquals(Math.max(0, lines - 1), journal.rows().size());
        assertEquals(!prefix.isEmpty() && !prefix.endsWith("\n"), journal.wasTorn());
      }
      assertEquals(whole, sweep());
    }
  }

  @Test
  void shouldGoOnFromLinesInAnyOrderAndComputeOnlyWhatIsMissing() throws IOException {
    String whole = sweep();
    List<String> lines = new ArrayList<>(whole.lines().toList());
    Collections.reverse(lines.subList(1, lines.size()));
    lines.remove(lines.size() - 1);
    lines.set(1, lines.get(1).replaceAll(",[^,]*,$", ",4711.0,")); // as if it had been so
    Files.writeString(file, String.join("\n", lines) + "\n");
    List<SweepRow> rows = SmallSweep.run(points, file, 2);
    assertEquals(4711, rows.get(rows.size() - 1).token().energyDelay());
    assertEquals(
        whole.lines().limit(lines.size() - 1).toList(),
        Files.readString(file).lines().limit(lines.size() - 1).toList());
  }

  @Test
  void shouldTakeMorePointsIntoAFile() throws IOException {
    SmallSweep.run(SmallSweep.points(MODEL, SmallSweep.BOARD), file, 1);
    long before = Files.readString(file).lines().count();
    List<SweepPoint> more = new ArrayList<>(SmallSweep.points(MODEL, SmallSweep.board("siracusa")));
    more.addAll(SmallSweep.points(MODEL, SmallSweep.BOARD));
    SmallSweep.run(more, file, 2);
    assertEquals(2 * before - 1, Files.readString(file).lines().count());
  }

  @Test
  void shouldSayWhatAPlanSays() {
    Wanted chain = new Wanted.Given(4, Topology.CHAIN, LinkKind.UART, 1);
    SweepRow row = row(MODEL, "stm32f405", chain, 32);
    PlanOptions options = PlanOptions.DEFAULT.withContext(32).nodes(4, Topology.CHAIN);
    Plan plan = Planner.plan(MODEL.quantised(), SmallSweep.BOARD.type(), options);
    Layout layout = new Layout(plan);
    PassForecast pass = Rehearsal.typical(plan, layout).orElseThrow();
    assertEquals("plan --nodes 4 --topology chain --link uart --context 32", row.key().asked());
    assertEquals(pass.nanos() / 1e6, row.token().milliseconds());
    assertEquals(pass.microjoules() / 1e3, row.token().millijoules());
    assertEquals(row.token().millijoules() * row.token().milliseconds(), row.token().energyDelay());
    assertEquals(layout.traffic().typical(1).sum().total().bytes() / 64.0, row.needs().wireBytes());
    assertTrue(row.needs().fits());
    assertNull(row.remark());
  }

  @Test
  void shouldFindTheBestFlock() {
    Wanted best = new Wanted.Best(Objective.BOARDS, 4);
    SweepRow row = row(MODEL, "stm32f405", best, 0);
    assertEquals("plan --nodes auto --objective boards --most 4", row.key().asked());
    assertEquals(1, row.flock().nodes());
    assertNotNull(row.token().milliseconds());
  }

  @Test
  void shouldHaveARowForAFlockThatDoesNotFit() {
    Wanted alone = new Wanted.Given(1, Topology.TREE, LinkKind.UART, 1);
    SweepRow row = row(SmallSweep.model("large", 20_000), "stm32f405", alone, 0);
    assertEquals(false, row.needs().fits());
    assertTrue(row.needs().memoryBytes() > row.needs().memoryRoom(), row::toString);
    assertTrue(row.remark().startsWith("large on stm32f405: needs "), row.remark());
    assertNull(row.token().milliseconds());
  }

  @Test
  void shouldHaveARowForAFlockThatCannotBe() {
    Wanted unwired = new Wanted.Given(8, Topology.TREE, LinkKind.SPI, 1);
    SweepRow row = row(MODEL, "mps2-an386", unwired, 0);
    assertNull(row.flock().nodes());
    assertTrue(row.remark().contains("SPI links"), row.remark());
    assertEquals("a context of 65 positions", tree("stm32f405", 2, 65).remark());
  }

  @Test
  void shouldSayWhyATimeIsNotKnown() {
    SweepRow row = tree("emulated", 2, 0);
    assertEquals(true, row.needs().fits());
    assertEquals("of emulated it is not known how fast it is", row.remark());
    assertEquals("a context of 1 has no token half way", tree("stm32f405", 2, 1).remark());
  }

  @Test
  void shouldLeaveEnergyOutWherePowerIsNotKnown() {
    SweepRow row = tree("mps2-an386", 1, 0);
    assertNotNull(row.token().milliseconds());
    assertNull(row.token().millijoules());
    assertTrue(SweepCsv.line(row).endsWith(",,,\n"), SweepCsv.line(row));
  }

  @Test
  void shouldReadWhatItWrites() throws IOException {
    for (SweepPoint point :
        SmallSweep.points(SmallSweep.model("a \"b\", c", 64), SmallSweep.BOARD)) {
      SweepRow row = point.row();
      assertEquals(row, SweepCsv.row(SweepCsv.line(row)));
    }
    String file = new String(SweepCsv.file(List.of()), StandardCharsets.UTF_8);
    assertEquals(SweepCsv.HEAD, file);
  }
}
