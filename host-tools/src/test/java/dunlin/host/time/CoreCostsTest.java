package dunlin.host.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Performance;
import dunlin.boards.Refusal;
import dunlin.host.compile.OpKind;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Quantity;
import dunlin.host.compile.Workload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CoreCostsTest {
  private static final String TABLE =
      """
      [ops.step]
      call = 100
      port = 10

      [ops.link]
      call = 1000
      received = 2
      received-frame = 50
      port = 3
      sent = 4
      sent-frame = 60

      [ops.loop]
      received-frame = 30

      [ops.reduce]
      received = 0.5
      sent = 5

      [ops.add]
      call = 7
      channel = 1.5
      """;

  /** What a table lacks would take no time, and make a flock look faster than it is. */
  @ParameterizedTest
  @MethodSource("cores")
  void shouldHaveAPriceForEveryOpThatTakesMoreThanAStep(String core) {
    assertEquals(Set.of(), CoreCosts.named(core).missing(Set.copyOf(OpKind.all())));
  }

  /** Of all boards that take time, and those that no board has. */
  @SuppressWarnings("unused") // by MethodSource
  private static Stream<String> cores() {
    Stream<String> ofBoards =
        BoardTypes.NAMES.stream()
            .map(name -> BoardTypes.named(name).performance())
            .filter(Objects::nonNull)
            .map(Performance::core);
    return Stream.concat(CoreCosts.NAMES.stream(), ofBoards).distinct();
  }

  @Test
  void shouldNameWhatHasNoPrice() {
    Set<String> kinds = Set.of("add", "tap", "end_prefill", "quantise", "link", "norm");
    assertEquals(List.of("norm", "quantise"), List.copyOf(table().missing(kinds)));
  }

  @Test
  void shouldCountConstantsWhateverTheRows() {
    OpWork work = new OpWork("quantise", Map.of(Quantity.CALL, 1L, Quantity.ROW, 8L), 64);
    CoreCosts costs =
        CoreCosts.read("table.toml", TABLE + "\n[ops.quantise]\nweight = 0.5\nrow = 2\n");
    assertEquals(100 + 32 + 16, costs.instructions(work));
  }

  @Test
  void shouldAddAStepToAnOp() {
    OpWork work =
        new OpWork("add", Map.of(Quantity.CALL, 1L, Quantity.PORT, 4L, Quantity.CHANNEL, 64L), 0);
    assertEquals(100 + 40 + 7 + 96, table().instructions(work));
  }

  @Test
  void shouldAddAStepToAFrameThatACollectiveTakes() {
    assertEquals(30 + 40 + 50 + 6 + 100 + 20 + 10, table().received("reduce", 20, 2));
    assertEquals(100, table().sent("reduce", 20));
  }

  @Test
  void shouldTellFramesThatNoOpTakes() {
    assertEquals(30 + 1000 + 40 + 50 + 6, table().received(Workload.LINK, 20, 2));
    assertEquals(80 + 60, table().sent(Workload.LINK, 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = 10|prt = 10|line 1, ops.step: 'prt' is none of call, port, row, ",
        "port = 10|port = -1|line 3, ops.step.port: -1.0, not 0 to 1000000",
        "port = 10|port = 'ten'|line 3, ops.step.port: should be a number",
        "[ops.step]|[ops.stop]|ops.step: missing",
        "[ops.loop]|[ops.lope]|ops.loop: missing",
        "[ops.link]|[ops.line]|ops.link: missing",
        "[ops.step]|[ops|line 1"
      })
  void shouldNameWhatIsWrongInATable(String good, String bad, String named) {
    assertTrue(TABLE.contains(good));
    Refusal refusal =
        assertThrows(Refusal.class, () -> CoreCosts.read("mine.toml", TABLE.replace(good, bad)));
    assertTrue(refusal.getMessage().startsWith("mine.toml"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
  }

  @Test
  void shouldNameTheTablesThereAre() {
    Refusal refusal = assertThrows(Refusal.class, () -> CoreCosts.named("abacus"));
    assertEquals(
        "no table of instructions is called abacus: choose one of stm32f405, mps2-an385,"
            + " mps2-an386, mps2-an500, mps3-an547, or the path of a table, ending in .toml",
        refusal.getMessage());
  }

  private static CoreCosts table() {
    return CoreCosts.read("table.toml", TABLE);
  }
}
