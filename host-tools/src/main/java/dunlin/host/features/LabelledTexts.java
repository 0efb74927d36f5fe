package dunlin.host.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.ModelJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts whose labels are known. A folder has a folder of {@code .txt} files for each label; in a
 * {@code .tsv} or {@code .csv} file, a row is a label and a text; in a {@code .jsonl} file, a line
 * is an object with {@code label} and {@code text}.
 */
public final class LabelledTexts {
  private static final CsvMapper ROWS =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REMEDY =
      "give a folder of .txt files for each label, .tsv or .csv of label and text, or .jsonl";

  private final Path path;
  private final List<String> labels;
  private final List<LabelledText> texts = new ArrayList<>();

  private LabelledTexts(Path path, List<String> labels) {
    this.path = path;
    this.labels = labels;
  }

  /**
   * A text.
   *
   * @param name for people
   * @param label one of the model's
   */
  public record LabelledText(String name, String label, String text) {}

  /**
   * All texts.
   *
   * @param labels of the model
   * @throws Refusal if there is none, one has another label, or a file is refused
   */
  public static List<LabelledText> read(Path path, List<String> labels) {
    LabelledTexts read = new LabelledTexts(path, labels);
    try {
      read.all();
    } catch (IOException e) {
      throw new Unreadable(path, e);
    }
    if (read.texts.isEmpty()) {
      throw new Refusal(path + ": holds no labelled texts", REMEDY);
    }
    return read.texts;
  }

  private void all() throws IOException {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      for (LabelledInputs.LabelledFile file : LabelledInputs.files(path, labels, ".txt")) {
        if (file.path().toString().endsWith(".txt")) {
          String text = TextFiles.read(file.path());
          texts.add(new LabelledText(FeatureFiles.name(file.path()), file.label(), text));
        }
      }
    } else if (name.endsWith(".tsv")) {
      rows(CsvSchema.emptySchema().withColumnSeparator('\t').withoutQuoteChar());
    } else if (name.endsWith(".csv")) {
      rows(CsvSchema.emptySchema());
    } else if (name.endsWith(".jsonl")) {
      objects();
    } else {
      throw new Refusal(path + ": is no set of labelled texts", REMEDY);
    }
  }

  private void rows(CsvSchema form) throws IOException {
    String text = TextFiles.read(path);
    try (MappingIterator<String[]> rows =
        ROWS.readerFor(String[].class).with(form).readValues(text)) {
      while (rows.hasNextValue()) {
        String[] row = rows.nextValue();
        if (row.length != 2) {
          throw refusal(row.length + " columns, not label and text");
        }
        add(row[0], row[1]);
      }
    } catch (JsonProcessingException e) {
      throw refusal(ModelJson.oneLine(e.getOriginalMessage()));
    }
  }

  private void objects() {
    for (String line : TextFiles.lines(path)) {
      JsonNode object = object(line);
      if (!object.path("label").isTextual() || !object.path("text").isTextual()) {
        throw refusal("no object with a label and a text");
      }
      add(object.path("label").textValue(), object.path("text").textValue());
    }
  }

  private JsonNode object(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw refusal(ModelJson.oneLine(e.getOriginalMessage()));
    }
  }

  private void add(String label, String text) {
    if (!labels.contains(label)) {
      throw refusal(
          "the model has no label "
              + ModelJson.oneLine(label)
              + ", but "
              + ModelJson.oneLine(String.join(", ", labels)));
    }
    texts.add(new LabelledText("text " + (texts.size() + 1), label, text));
  }

  /** Of the text that is due. */
  private Refusal refusal(String what) {
    return new Refusal(path + ", text " + (texts.size() + 1) + ": " + what, REMEDY);
  }
}
