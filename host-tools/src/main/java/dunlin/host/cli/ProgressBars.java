package dunlin.host.cli;

import dunlin.host.flock.Progress;
import java.util.function.Function;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress as a bar on stderr that vanishes when the step is done. Java cannot tell whether stderr
 * is a terminal; the launcher can, and then sets the property {@value #TERMINAL}.
 */
final class ProgressBars implements Progress {
  private static final String TERMINAL = "dunlin.terminal";
  private static final int WIDTH = 78;

  @Override
  public <T> T during(String task, long total, Function<IntConsumer, T> work) {
    if (!Boolean.getBoolean(TERMINAL)) {
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
