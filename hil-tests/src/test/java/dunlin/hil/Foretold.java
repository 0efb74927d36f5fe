package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardType;
import dunlin.boards.Performance;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.bench.NodeMeasurement;
import dunlin.host.compile.LinkTraffic;
import dunlin.host.compile.PassTraffic;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.plan.Plan;
import dunlin.host.time.CoreCosts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.function.Executable;

/** What a plan foretells of each node, against what QEMU counts. */
final class Foretold {
  private static final double TOLERANCE = 0.05;

  private static final String LOOP = "[ops." + CoreCosts.LOOP + "]";

  private Foretold() {}

  /** Skips the test where nothing can be counted. */
  static void requireQemu() {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "rig qemu: sudo apt install qemu-system-arm");
  }

  /**
   * A board that takes a nanosecond for each instruction, but for its main loop, which is counted
   * with what a node takes to wait.
   */
  static BoardType counting(BoardType board, Path folder) {
    String core = withoutLoop(board.performance().core(), folder).toString();
    return board.with(new Performance(core, 1e9, 1, 0, 0, 0, 0, null));
  }

  private static Path withoutLoop(String core, Path folder) {
    try (InputStream in = CoreCosts.class.getResourceAsStream(core + ".toml")) {
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(toml.contains(LOOP));
      String free = Matcher.quoteReplacement(LOOP + "\ncall = 0\n\n");
      String without = toml.replaceAll("(?s)" + Pattern.quote(LOOP) + "[^\\[]*", free);
      return Files.writeString(folder.resolve("core.toml"), without);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Instructions within 5 %, bytes exactly. */
  static void check(
      Plan plan, List<NodeMeasurement> measured, List<NodeForecast> foretold, PassTraffic traffic) {
    assertAll(
        IntStream.range(0, measured.size())
            .mapToObj(
                rank ->
                    check(measured.get(rank), foretold.get(rank), received(plan, traffic, rank))));
  }

  private static Executable check(NodeMeasurement measured, NodeForecast foretold, long bytes) {
    double counted =
        measured.opInstructions() + measured.interruptInstructions() + measured.linkInstructions();
    double instructions = (double) foretold.computeNanos() + foretold.linkNanos();
    return () -> {
      assertEquals(
          counted, instructions, TOLERANCE * counted, "instructions of node " + measured.node());
      assertEquals(
          measured.receivedBytes(), bytes, "bytes that node " + measured.node() + " receives");
    };
  }

  private static long received(Plan plan, PassTraffic traffic, int rank) {
    long fromChildren =
        plan.wiring().children(rank).stream()
            .mapToLong(child -> LinkTraffic.total(traffic.links().get(child).up()).bytes())
            .sum();
    return fromChildren + LinkTraffic.total(traffic.links().get(rank).down()).bytes();
  }
}
