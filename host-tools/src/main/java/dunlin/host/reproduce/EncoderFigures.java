package dunlin.host.reproduce;

import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.Nonlinearity;
import dunlin.host.reproduce.EncoderExperiment.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * MobileBERT on flocks: the real one, and the block that the paper calls so. No number of the
 * chip's data was fitted to it, so all of it is predicted, the paper's figures beside it or not.
 */
final class EncoderFigures {
  /** The paper's. */
  private static final int TOKENS = 268;

  private static final int[] CHIPS = {1, 2, 4};

  private static final String WHOLE = "MobileBERT, 268 tokens, whole model: ";
  private static final String BLOCK = "MobileBERT, 268 tokens, the paper's block: ";

  private static final Published NONE = new Published(null, null);

  /** By chips; of one 4.7 times the 38.8 ms of four. */
  private static final Map<Integer, Published> PAPERS =
      Map.of(
          1,
          new Published(1.0, 182.4),
          4,
          new Published(MobileBert.PUBLISHED_SPEEDUP, MobileBert.PUBLISHED_MILLIS));

  private EncoderFigures() {}

  /** What the paper has of its block; null where it has nothing. */
  private record Published(Double speedup, Double millis) {
    private static Published of(Setting setting) {
      return setting.accounting() == Accounting.PAPER
          ? PAPERS.getOrDefault(setting.chips(), NONE)
          : NONE;
    }
  }

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

  /** Of the whole model, all costs counted. */
  static List<Figure> ofWholeModel() {
    EncoderExperiment experiment = EncoderExperiment.of(wholeModel(), TOKENS);
    List<Figure> figures = new ArrayList<>();
    double alone = 0;
    for (int chips : CHIPS) {
      Timing timing = experiment.input(Setting.usual(chips, Accounting.HONEST));
      Run input = timing.whole();
      alone = chips == 1 ? input.millis() : alone;
      figures.add(predicted(WHOLE + "ms an input", input, null, input.millis()));
      figures.add(predicted(WHOLE + "mJ an input", input, null, input.millijoules()));
      figures.add(predicted(WHOLE + "speed-up", input, null, alone / input.millis()));
      figures.add(predicted(WHOLE + "ms a block", input, null, timing.block().millis()));
    }
    figures.add(synchronisations(WHOLE, experiment));
    return figures;
  }

  /** Of the paper's block, as the paper counts and with all costs. */
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
      Published paper = Published.of(block.setting());
      figures.add(predicted(BLOCK + "latency, ms", block, paper.millis(), block.millis()));
      figures.add(predicted(BLOCK + "energy, mJ", block, null, block.millijoules()));
      figures.add(predicted(BLOCK + "speed-up", block, paper.speedup(), alone / block.millis()));
    }
    return figures;
  }

  private static Figure predicted(String figure, Run run, Double paper, double dunlin) {
    return Figure.of(figure, run.setting(), paper, dunlin, Basis.PREDICTED);
  }

  private static Figure synchronisations(String of, EncoderExperiment experiment) {
    Setting four = Setting.usual(4, Accounting.HONEST);
    int count = experiment.synchronisations(four);
    return Figure.of(of + "synchronisations a block", four, null, count, Basis.COUNTED);
  }
}
