package dunlin.host.reproduce;

import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.Nonlinearity;
import dunlin.host.reproduce.EncoderExperiment.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * MobileBERT on flocks: the real one, and the block that the paper calls so. Both are without the
 * paper's figures beside them: the chip's table has no cycles for an encoder's attention and norms,
 * so what comes near the paper's comes near by chance. Times and energies are lower bounds.
 */
final class EncoderFigures {
  /** The paper's. */
  private static final int TOKENS = 268;

  private static final int[] CHIPS = {1, 2, 4};

  private static final String FREE = ", 268 tokens, attention and norms free: ";
  private static final String WHOLE = "MobileBERT, whole model" + FREE;
  private static final String BLOCK = "MobileBERT, the paper's block" + FREE;

  private EncoderFigures() {}

  /** The model as Sun et al. have it: 24 blocks with bottlenecks and four feed-forwards each. */
  static EncoderConfig wholeModel() {
    return EncoderDescription.named("mobilebert").config();
  }

  /** E = F = 512 and 4 heads, without bottleneck; few words, of which a block knows nothing. */
  static EncoderConfig papersBlock() {
    return EncoderConfig.ofText(
        TOKENS,
        new Words(1024, 512, false, 0),
        512,
        512,
        1,
        4,
        128,
        Optional.empty(),
        Nonlinearity.GELU_ERF,
        Pooling.EVERY_TOKEN,
        1e-12,
        EncoderConfig.SPANS);
  }

  /** Of the whole model, all costs counted that the table has. */
  static List<Figure> ofWholeModel() {
    EncoderExperiment experiment = EncoderExperiment.of(wholeModel(), TOKENS);
    List<Figure> figures = new ArrayList<>();
    double alone = 0;
    for (int chips : CHIPS) {
      Timing timing = experiment.input(Setting.usual(chips, Accounting.HONEST));
      Run input = timing.whole();
      alone = chips == 1 ? input.millis() : alone;
      figures.add(predicted(WHOLE + "ms an input", input, input.millis()));
      figures.add(predicted(WHOLE + "mJ an input", input, input.millijoules()));
      figures.add(predicted(WHOLE + "speed-up", input, alone / input.millis()));
      figures.add(predicted(WHOLE + "ms a block", input, timing.block().millis()));
    }
    figures.add(synchronisations(WHOLE, experiment));
    return figures;
  }

  /** Of the paper's block, as the paper counts and with all costs that the table has. */
  static List<Figure> ofBlock() {
    EncoderExperiment experiment = EncoderExperiment.of(papersBlock(), TOKENS);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(ofBlock(experiment, Setting::papers));
    figures.addAll(ofBlock(experiment, chips -> Setting.usual(chips, Accounting.HONEST)));
    figures.add(synchronisations(BLOCK, experiment));
    return figures;
  }

  private static List<Figure> ofBlock(EncoderExperiment experiment, IntFunction<Setting> settings) {
    List<Figure> figures = new ArrayList<>();
    double alone = 0;
    for (int chips : CHIPS) {
      Run block = experiment.input(settings.apply(chips)).block();
      alone = chips == 1 ? block.millis() : alone;
      figures.add(predicted(BLOCK + "latency, ms", block, block.millis()));
      figures.add(predicted(BLOCK + "energy, mJ", block, block.millijoules()));
      figures.add(predicted(BLOCK + "speed-up", block, alone / block.millis()));
    }
    return figures;
  }

  private static Figure predicted(String figure, Run run, double dunlin) {
    return Figure.of(figure, run.setting(), null, dunlin, Basis.PREDICTED);
  }

  private static Figure synchronisations(String of, EncoderExperiment experiment) {
    Setting four = Setting.usual(4, Accounting.HONEST);
    int count = experiment.synchronisations(four);
    return Figure.of(of + "synchronisations a block", four, null, count, Basis.PREDICTED);
  }
}
