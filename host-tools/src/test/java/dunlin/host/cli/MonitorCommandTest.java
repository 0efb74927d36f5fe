package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorCommandTest extends WithTinyModel {
  @Test
  void shouldShowARowForEachNodeEverySecond() {
    Outcome monitor = Outcome.of("monitor", "--model", model, "--nodes", 3, "--seconds", 2);
    assertEquals(0, monitor.code(), monitor.err());
    List<String> lines = monitor.out().lines().toList();
    assertEquals(List.of("node", "UID", "state"), List.of(lines.get(0).split(" +")).subList(0, 3));
    for (int rank = 0; rank < 3; rank++) {
      String row = lines.get(1 + rank);
      assertTrue(row.matches(rank + " +\\p{XDigit}{24} +up +[0-9,]+ +0 +0 +0 +[0-9,]+"), row);
    }
    assertTrue(
        lines.get(4).matches("[0-9,]+ tokens, [0-9,]+ a second; the flock was lost and brought .*"),
        lines.get(4));
  }
}
