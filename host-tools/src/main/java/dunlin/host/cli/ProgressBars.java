package dunlin.host.cli;

import dunlin.host.flock.Progress;
import java.util.function.Function;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar on stderr that vanishes when the step is done, where somebody watches. */
final class ProgressBars implements Progress {
  private static final int WIDTH = 78;
  private static final int KILO = 1000;

  private final boolean bytes;

  /** Of steps that are counted. */
  ProgressBars() {
    this(false);
  }

  private ProgressBars(boolean bytes) {
    this.bytes = bytes;
  }

  /** Of steps that are bytes, with their rate. */
  static ProgressBars ofBytes() {
    return new ProgressBars(true);
  }

  @Override
  public <T> T during(String task, long total, Function<IntConsumer, T> work) {
    if (!Terminal.isWatched()) {
      return work.apply(done -> {});
    }
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .clearDisplayOnFinish();
    if (bytes) {
      builder.setUnit(" KB", KILO).showSpeed();
    }
    try (ProgressBar bar = builder.build()) {
      return work.apply(bar::stepTo);
    }
  }
}
