package dunlin.host.cli;

import java.util.function.Function;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a long step has come: a bar on stderr that vanishes when the step is done. Java cannot
 * tell whether stderr is a terminal; the launcher can, and then sets the property {@value
 * #TERMINAL}.
 */
final class Progress {
  private static final String TERMINAL = "dunlin.terminal";
  private static final int WIDTH = 78;

  private Progress() {}

  /**
   * Does {@code work}.
   *
   * @param task what it is, for people
   * @param total units of work
   * @param work is given what to tell the number of units done
   */
  static <T> T during(String task, long total, Function<IntConsumer, T> work) {
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
