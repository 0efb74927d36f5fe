package dunlin.host.run;

import dunlin.host.SharedModels;
import dunlin.host.SmallModels;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.model.FloatModel;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The shared model, calibrated on text of its own: the same integers wherever tests run. */
public record Stories260K(FloatModel model, Tokenizer tokenizer, QuantisedModel quantised) {
  private static final String CALIBRATION =
      "Once upon a time, there was a little girl named Lily. She loved to play outside in the"
          + " park. One day, she saw a big, red ball. She wanted to play with it, but it was too"
          + " high. Lily's mom said, \"Lily, let's go to the park.\" Lily was sad and didn't know"
          + " what to do. She said, \"I want to play with your ball, but I can't find it.\"";

  /** Reads it; skips the test where it is absent. */
  public static Stories260K require() {
    Path folder = SharedModels.require("stories260K");
    FloatModel model = Checkpoints.read(folder.resolve("stories260K.bin"));
    Tokenizer tokenizer =
        Tokenizers.read(folder.resolve("tok512.bin"), model.config().vocabulary());
    int[] text = prompt(tokenizer, CALIBRATION);
    return new Stories260K(model, tokenizer, SmallModels.quantise(model, List.of(text)));
  }

  /** The tokens of {@code text}, the begin token first. */
  public int[] prompt(String text) {
    return prompt(tokenizer, text);
  }

  private static int[] prompt(Tokenizer tokenizer, String text) {
    return IntStream.concat(IntStream.of(tokenizer.begin()), IntStream.of(tokenizer.encode(text)))
        .toArray();
  }
}
