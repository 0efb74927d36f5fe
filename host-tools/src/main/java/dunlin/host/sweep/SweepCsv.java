package dunlin.host.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of a sweep as lines of CSV (RFC 4180, but for lines that end as those of Unix). */
public final class SweepCsv {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .enable(CsvParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .build();

  private static final CsvSchema SCHEMA = MAPPER.schemaFor(SweepRow.class);
  private static final ObjectWriter WRITER = MAPPER.writer(SCHEMA);
  private static final ObjectReader READER = MAPPER.readerFor(SweepRow.class).with(SCHEMA);

  /** The names of all columns. */
  static final String HEAD = String.join(",", SCHEMA.getColumnNames()) + "\n";

  private SweepCsv() {}

  /** A whole file. */
  public static byte[] file(List<SweepRow> rows) {
    String lines = rows.stream().map(SweepCsv::line).collect(Collectors.joining());
    return (HEAD + lines).getBytes(StandardCharsets.UTF_8);
  }

  /** A row, with the end of its line. */
  static String line(SweepRow row) {
    try {
      return WRITER.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The row of a line.
   *
   * @throws JsonProcessingException where it is none
   */
  static SweepRow row(String line) throws JsonProcessingException {
    return READER.readValue(line);
  }
}
