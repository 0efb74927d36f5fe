package dunlin.host.cli;

import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.evaluate.Stories;
import dunlin.host.model.FloatModel;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.Equalisation.Equalised;
import dunlin.host.quantise.SelfText;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model and its tokenizer, as imported.
 *
 * @param name for people and file names
 */
record SourceModel(String name, FloatModel model, Tokenizer tokenizer) {
  private static final int CALIBRATION_STORIES = 30;
  private static final int CALIBRATION_TOKENS = 256;

  static SourceModel read(String nameOrPath) {
    ModelFiles files = ModelFiles.locate(nameOrPath);
    FloatModel model = Checkpoints.read(files.checkpoint());
    Tokenizer tokenizer = Tokenizers.read(files.tokenizer(), model.config().vocabulary());
    return new SourceModel(files.name(), model, tokenizer);
  }

  /** {@code text} as the model expects it, with the token that goes before. */
  int[] prompt(String text) {
    return IntStream.concat(IntStream.of(tokenizer.begin()), IntStream.of(tokenizer.encode(text)))
        .toArray();
  }

  /** The first stories of a file, each no longer than {@code tokens} and the model's context. */
  List<int[]> stories(Path file, int stories, int tokens) {
    return Stories.read(file, tokenizer, stories, Math.min(tokens, model.config().context()));
  }

  /**
   * Calibrates and equalises: what {@link dunlin.host.quantise.Quantiser} takes.
   *
   * @param file stories to calibrate on; null for what the model itself writes
   */
  Equalised equalised(Path file) {
    List<int[]> text =
        file == null ? ownText() : stories(file, CALIBRATION_STORIES, CALIBRATION_TOKENS);
    long tokens = text.stream().mapToLong(story -> story.length).sum();
    return Equalisation.apply(
        model,
        Progress.during("calibrating", tokens, done -> Calibration.measure(model, text, done)));
  }

  private List<int[]> ownText() {
    return Progress.during(
        "writing calibration text",
        SelfText.tokens(model.config()),
        done -> SelfText.sample(model, tokenizer.begin(), done));
  }
}
