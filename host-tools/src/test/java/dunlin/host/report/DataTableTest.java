package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTableTest {
  private static String csv(Object cell) {
    String csv = new DataTable("t", List.of("head"), List.of(List.of(cell))).csv();
    return csv.substring("head\r\n".length(), csv.length() - 2);
  }

  @Test
  void shouldWriteNumbersThatProgramsRead() {
    assertEquals("1234567", csv(1_234_567L));
    assertEquals("-1", csv(-1));
    assertEquals("1234.500000", csv(1234.5));
  }

  @Test
  void shouldQuoteWhatWouldEndACell() {
    assertEquals("\"a,b\"", csv("a,b"));
    assertEquals("\"a\"\"b\"", csv("a\"b"));
    assertEquals("\"a\nb\"", csv("a\nb"));
    assertEquals("tree of 4", csv("tree of 4"));
  }

  @ParameterizedTest
  @CsvSource({"=1+1", "+1", "-1", "@SUM(A1)"})
  void shouldLetNoTextBeAFormula(String text) {
    assertEquals("'" + text, csv(text));
  }

  @Test
  void shouldNameRunsOfRanks() {
    assertEquals("node 3", Ranks.of(List.of(3)));
    assertEquals("nodes 0, 2–4, 7", Ranks.of(List.of(0, 2, 3, 4, 7)));
  }
}
