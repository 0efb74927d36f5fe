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

  @Override
  public <T> T during(String task, long total, Function<IntConsumer, T> work) {
    if (!Terminal.isWatched()) {
      return work.apply(done -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .clearDisplayOnFinish()
            .build()) {
      return work.apply(bar::stepTo);
    }
  }
}
