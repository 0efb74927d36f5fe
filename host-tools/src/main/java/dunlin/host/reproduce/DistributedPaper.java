package dunlin.host.reproduce;

import dunlin.host.flock.Progress;
import dunlin.host.model.LlamaConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * "Distributed Inference with Minimal Off-Chip Traffic for Transformers on Low-Power MCUs" (arXiv
 * 2412.04372): its figures, and those of Dunlin's flocks on its chip. docs/papers.md explains where
 * they differ.
 */
public final class DistributedPaper {
  private static final int TOKENS = 32_000;
  private static final int FEW_TOKENS = 1024;
  private static final int CONTEXT = 128;
  private static final int PROMPT = 16;

  /** The chips that a figure is given for; the paper has 64 of the model with 64 heads. */
  private static final int[] FEW = {1, 2, 4, 8};

  private static final int[] MANY = {1, 2, 4, 8, 16, 32, 64};

  private static final String TINY = "TinyLlama-42M";
  private static final String BLOCK = ", autoregressive, a block: ";

  private final List<Supplier<List<Figure>>> flocks = new ArrayList<>();

  private DistributedPaper() {}

  /** All figures, in the order of the paper. */
  public static List<Figure> figures(Progress progress) {
    DistributedPaper paper = new DistributedPaper();
    Experiment blocks = Experiment.of(shape(8, FEW_TOKENS), CONTEXT);
    paper.tinyLlama(blocks);
    paper.scaled(Experiment.of(shape(64, FEW_TOKENS), CONTEXT));
    paper.prompt(blocks);
    paper.flocks.add(MobileBert::figures);
    paper.flocks.add(EncoderFigures::ofBlock);
    paper.flocks.add(EncoderFigures::ofWholeModel);
    paper.wholeModel(Experiment.of(shape(8, TOKENS), CONTEXT));
    return progress.during(
        "flocks",
        paper.flocks.size(),
        step ->
            IntStream.range(0, paper.flocks.size())
                .boxed()
                .flatMap(
                    i -> {
                      step.accept(i);
                      return paper.flocks.get(i).get().stream();
                    })
                .toList());
  }

  /**
   * The checkpoint's shape, 3.16 million weights a block, as many as the paper's. A block does not
   * depend on how many tokens there are.
   */
  static LlamaConfig shape(int heads, int tokens) {
    return new LlamaConfig(512, 1376, 8, heads, heads, 512 / heads, tokens, 1024, 1e-5, 10_000);
  }

  private void tinyLlama(Experiment tiny) {
    for (int chips : FEW) {
      flocks.add(() -> BlockFigures.of(TINY + BLOCK, tiny.block(Setting.papers(chips))));
    }
    flocks.add(() -> BlockFigures.of(TINY + BLOCK, tiny.best(8, Accounting.PAPER)));
    for (int chips : FEW) {
      flocks.add(
          () ->
              BlockFigures.of(TINY + BLOCK, tiny.blocks(Setting.usual(chips, Accounting.HONEST))));
    }
    flocks.add(() -> BlockFigures.of(TINY + BLOCK, tiny.best(8, Accounting.HONEST)));
  }

  private void scaled(Experiment scaled) {
    String of = TINY + " with 64 heads" + BLOCK;
    for (int chips : MANY) {
      flocks.add(() -> BlockFigures.ofScaled(of, scaled.block(Setting.papers(chips))));
    }
    flocks.add(() -> BlockFigures.ofScaled(of, scaled.best(64, Accounting.PAPER)));
    for (int chips : MANY) {
      flocks.add(
          () -> BlockFigures.ofScaled(of, scaled.blocks(Setting.usual(chips, Accounting.HONEST))));
    }
    flocks.add(() -> BlockFigures.ofScaled(of, scaled.best(64, Accounting.HONEST)));
  }

  private void prompt(Experiment tiny) {
    String figure = TINY + ", prompt of " + PROMPT + " tokens, a block: speed-up";
    flocks.add(
        () -> {
          double alone = tiny.prompt(Setting.papers(1), PROMPT).millis();
          Run run = tiny.prompt(Setting.papers(8), PROMPT);
          double speedup = alone / run.millis();
          return List.of(Figure.of(figure, run.setting(), 9.9, speedup, Basis.PREDICTED));
        });
    flocks.add(
        () -> {
          double alone = tiny.prompt(Setting.usual(1, Accounting.HONEST), PROMPT).millis();
          Run run = tiny.prompt(Setting.usual(8, Accounting.HONEST), PROMPT);
          double speedup = alone / run.millis();
          return List.of(Figure.of(figure, run.setting(), null, speedup, Basis.PREDICTED));
        });
  }

  private void wholeModel(Experiment tiny) {
    String of = TINY + ", whole model with embedding and head: ";
    for (Accounting accounting : Accounting.values()) {
      for (int chips : MANY) {
        flocks.add(
            () -> {
              Run run = tiny.token(Setting.usual(chips, accounting));
              double rate = 1e3 / run.millis();
              double energy = run.millijoules();
              return List.of(
                  Figure.of(of + "tokens/s", run.setting(), null, rate, Basis.PREDICTED),
                  Figure.of(of + "mJ a token", run.setting(), null, energy, Basis.PREDICTED));
            });
      }
    }
  }
}
