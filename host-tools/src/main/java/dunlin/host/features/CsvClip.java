package dunlin.host.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One clip as comma-separated values: a line for a frame, a column for a channel, no header. */
final class CsvClip {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private final Path file;
  private final EncoderConfig config;

  private CsvClip(Path file, EncoderConfig config) {
    this.file = file;
    this.config = config;
  }

  static Features read(Path file, EncoderConfig config) throws IOException {
    return new CsvClip(file, config).features();
  }

  private Features features() throws IOException {
    int channels = config.channels();
    float[] values = new float[config.frames() * channels];
    int rows = 0;
    try (InputStream bytes = Files.newInputStream(file);
        MappingIterator<String[]> lines = MAPPER.readerFor(String[].class).readValues(bytes)) {
      for (; lines.hasNextValue(); rows++) {
        String[] cells = lines.nextValue();
        if (cells.length != channels) {
          throw refusal("row %d has %d columns".formatted(rows + 1, cells.length));
        }
        for (int column = 0; rows < config.frames() && column < channels; column++) {
          values[rows * channels + column] = number(cells[column], rows, column);
        }
      }
    } catch (JsonProcessingException e) {
      throw refusal("row %d: %s".formatted(rows + 1, ModelJson.oneLine(e.getOriginalMessage())));
    }
    if (rows != config.frames()) {
      throw refusal("%d rows × %d columns".formatted(rows, channels));
    }
    return new Features(FeatureFiles.name(file), rows, channels, values);
  }

  private float number(String cell, int row, int column) {
    float value;
    try {
      value = Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      value = Float.NaN;
    }
    if (!Float.isFinite(value)) {
      throw refusal(
          "row %d, column %d: '%s' is not a number"
              .formatted(row + 1, column + 1, ModelJson.oneLine(cell)));
    }
    return value;
  }

  private Refusal refusal(String what) {
    return new Refusal(
        file + ": " + what,
        "the model takes %d rows (frames) × %d columns (channels) of numbers, no header"
            .formatted(config.frames(), config.channels()));
  }
}
