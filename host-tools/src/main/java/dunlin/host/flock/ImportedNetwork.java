package dunlin.host.flock;

import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.quantise.QuantisedModel;
import java.nio.file.Path;

/** A model as imported, of any architecture. */
public sealed interface ImportedNetwork permits ImportedModel, ImportedEncoder {
  /** For people and file names. */
  String name();

  /**
   * The model in integers.
   *
   * @param calibration what to calibrate on: stories for a decoder, an input or a folder of them
   *     for an encoder; null for what there is without
   */
  QuantisedModel quantised(Path calibration, Progress progress);

  /**
   * Reads whatever is there.
   *
   * @param nameOrPath a path, a name that is looked for where models lie ({@link ModelFiles}), or
   *     an encoder that comes with Dunlin ({@link EncoderDescription#NAMES})
   * @throws dunlin.boards.Refusal if there is none, or it is damaged
   */
  static ImportedNetwork read(String nameOrPath) {
    return read(nameOrPath, Progress.NONE);
  }

  /** As {@link #read(String)}, showing how far it is. */
  static ImportedNetwork read(String nameOrPath, Progress progress) {
    boolean encoder =
        EncoderDescription.NAMES.contains(nameOrPath)
            || Encoders.recognises(ModelFiles.find(nameOrPath));
    return encoder
        ? ImportedEncoder.read(nameOrPath, progress)
        : ImportedModel.read(nameOrPath, progress);
  }
}
