package dunlin.host.flock;

import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.evaluate.Stories;
import dunlin.host.model.FloatModel;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.Equalisation.Equalised;
import dunlin.host.quantise.QuantisedDecoder;
import dunlin.host.quantise.Quantiser;
import dunlin.host.quantise.SelfText;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;

/**
 * A model and its tokenizer, as imported.
 *
 * @param name for people and file names
 */
public record ImportedModel(String name, FloatModel model, Tokenizer tokenizer)
    implements ImportedNetwork {
  private static final int CALIBRATION_STORIES = 30;
  private static final int CALIBRATION_TOKENS = 256;

  /**
   * Reads a checkpoint and its tokenizer.
   *
   * @param nameOrPath a file, a folder, or a name that is looked for where models lie ({@link
   *     ModelFiles})
   * @throws dunlin.boards.Refusal if there is none, or it is damaged
   */
  public static ImportedModel read(String nameOrPath) {
    return read(nameOrPath, Progress.NONE);
  }

  /** As {@link #read(String)}, showing how far it is. */
  public static ImportedModel read(String nameOrPath, Progress progress) {
    ModelFiles files = ModelFiles.locate(nameOrPath);
    FloatModel model =
        progress.during(
            "reading " + files.name(), 100, done -> Checkpoints.read(files.checkpoint(), done));
    Tokenizer tokenizer = Tokenizers.read(files.tokenizer(), model.config().vocabulary());
    return new ImportedModel(files.name(), model, tokenizer);
  }

  /** The first stories of a file, each no longer than {@code tokens} and the model's context. */
  public List<int[]> stories(Path file, int stories, int tokens) {
    return Stories.read(file, tokenizer, stories, Math.min(tokens, model.config().context()));
  }

  /**
   * Calibrates and equalises: what {@link Quantiser} takes.
   *
   * @param file stories to calibrate on; null for what the model itself writes
   */
  public Equalised equalised(Path file, Progress progress) {
    List<int[]> text =
        file == null ? ownText(progress) : stories(file, CALIBRATION_STORIES, CALIBRATION_TOKENS);
    long tokens = text.stream().mapToLong(story -> story.length).sum();
    return Equalisation.apply(
        model,
        progress.during("calibrating", tokens, done -> Calibration.measure(model, text, done)));
  }

  @Override
  public QuantisedDecoder quantised(Path calibration, Progress progress) {
    return Quantiser.quantise(equalised(calibration, progress));
  }

  /** The model in integers, calibrated on what it writes itself. */
  public QuantisedDecoder quantised() {
    return Quantiser.quantise(equalised(null, Progress.NONE));
  }

  private List<int[]> ownText(Progress progress) {
    return progress.during(
        "writing calibration text",
        SelfText.tokens(model.config()),
        done -> SelfText.sample(model, tokenizer.begin(), done));
  }
}
