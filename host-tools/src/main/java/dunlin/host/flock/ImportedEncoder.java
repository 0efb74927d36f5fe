package dunlin.host.flock;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.features.FeatureFiles;
import dunlin.host.features.SelfFeatures;
import dunlin.host.features.SelfTexts;
import dunlin.host.features.TextFiles;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.TokenSequence;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.tokenizer.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An encoder, as imported.
 *
 * @param name for people and file names
 * @param folder of the model's files, the tokenizer's among them; empty where weights are seeded
 */
public record ImportedEncoder(String name, EncoderModel model, Optional<Path> folder)
    implements ImportedNetwork {
  /** One that comes without other files. */
  public ImportedEncoder(String name, EncoderModel model) {
    this(name, model, Optional.empty());
  }

  /**
   * Reads an encoder.
   *
   * @param nameOrPath as {@link ImportedNetwork#read}
   * @throws Refusal if there is none, or it is damaged
   */
  public static ImportedEncoder read(String nameOrPath) {
    return read(nameOrPath, Progress.NONE);
  }

  /** As {@link #read(String)}, showing how far it is. */
  public static ImportedEncoder read(String nameOrPath, Progress progress) {
    if (EncoderDescription.NAMES.contains(nameOrPath)) {
      EncoderModel model = EncoderDescription.named(nameOrPath).model();
      return new ImportedEncoder(model.name(), model);
    }
    Path path = ModelFiles.find(nameOrPath);
    EncoderModel model =
        progress.during("reading " + nameOrPath, 100, done -> Encoders.read(path, done));
    return new ImportedEncoder(model.name(), model, Encoders.folder(path));
  }

  /**
   * The pieces into which the model's texts are cut.
   *
   * @throws Refusal if the model reads no text, or nobody knows what its tokens mean
   */
  public WordPieces pieces() {
    if (model.config().words().isEmpty()) {
      throw new Refusal(name + " reads no text", "give it features, with classify --input");
    }
    Path files =
        folder.orElseThrow(
            () ->
                new Refusal(
                    name + " has random weights and no vocabulary",
                    "name the folder of a BERT or MobileBERT from Hugging Face"));
    return WordPieces.read(files, model.config().vocabulary());
  }

  /** Whether it marks where answers start and end; if not, it classifies. */
  public boolean answers() {
    return model.config().pooling() == Pooling.EVERY_TOKEN && model.config().labels().size() == 2;
  }

  /** What to do with it, for one who has wanted something else of it. */
  public String use() {
    return answers()
        ? "use answer for it, or evaluate --squad"
        : "use classify for it, or evaluate --labelled";
  }

  /**
   * The pieces of a model that marks where answers start and end.
   *
   * @throws Refusal as {@link #pieces}, or if the model does something else
   */
  public WordPieces spanPieces() {
    WordPieces pieces = pieces();
    if (!answers()) {
      throw new Refusal(name + " classifies texts and answers nothing", use());
    }
    return pieces;
  }

  /**
   * The pieces of a model that classifies whole texts.
   *
   * @throws Refusal as {@link #pieces}, or if the model does something else
   */
  public WordPieces textPieces() {
    WordPieces pieces = pieces();
    if (model.config().pooling() == Pooling.EVERY_TOKEN) {
      throw new Refusal(name + " answers questions and classifies no texts", use());
    }
    return pieces;
  }

  @Override
  public QuantisedEncoder quantised(Path calibration, Progress progress) {
    return quantised(calibration, Fusing.FASTER, progress);
  }

  /** The model in integers, calibrated on inputs made for the purpose. */
  public QuantisedEncoder quantised() {
    return quantised(null, Progress.NONE);
  }

  /**
   * The model in integers.
   *
   * @param calibration a file of inputs, or a folder of such files; of a model that reads text, a
   *     file with a text a line, or with two and a tab between them; null for inputs made for the
   *     purpose ({@link SelfFeatures}, {@link SelfTexts})
   */
  public QuantisedEncoder quantised(Path calibration, Fusing fusing, Progress progress) {
    List<? extends EncoderInput> inputs =
        model.config().words().isPresent() ? texts(calibration) : clips(calibration);
    EncoderCalibration peaks =
        progress.during(
            "calibrating", inputs.size(), done -> EncoderCalibration.measure(model, inputs, done));
    return EncoderQuantiser.quantise(model, peaks, fusing);
  }

  private List<TokenSequence> texts(Path calibration) {
    if (calibration == null) {
      return SelfTexts.of(model.config());
    }
    WordPieces pieces = pieces();
    return TextFiles.lines(calibration).stream()
        .map(line -> pieces.line(line, model.config().context()))
        .toList();
  }

  private List<Features> clips(Path calibration) {
    return calibration == null ? SelfFeatures.of(model.config()) : inputs(calibration);
  }

  /** The inputs of a file, or of all files of a folder. */
  private List<Features> inputs(Path path) {
    if (!Files.isDirectory(path)) {
      return FeatureFiles.read(path, model.config());
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Features> inputs =
          files
              .filter(FeatureFiles::recognises)
              .sorted()
              .flatMap(file -> FeatureFiles.read(file, model.config()).stream())
              .toList();
      if (inputs.isEmpty()) {
        throw new Refusal(path + ": holds no inputs", "put .wav, .csv or .safetensors there");
      }
      return inputs;
    } catch (IOException e) {
      throw new Unreadable(path, e);
    }
  }
}
