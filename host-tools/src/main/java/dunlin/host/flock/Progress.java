package dunlin.host.flock;

import java.util.function.Function;
import java.util.function.IntConsumer;

/** Shows how far a long step has come. */
public interface Progress {
  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public <T> T during(String task, long total, Function<IntConsumer, T> work) {
          return work.apply(done -> {});
        }
      };

  /**
   * Does {@code work}.
   *
   * @param task what it is, for people
   * @param total units of work
   * @param work is given what to tell the number of units done
   */
  <T> T during(String task, long total, Function<IntConsumer, T> work);
}
