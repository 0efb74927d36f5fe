package dunlin.host.sweep;

import dunlin.host.flock.Progress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Computes the points that a journal does not have yet, several at a time. */
public final class Sweep {
  private Sweep() {}

  /**
   * Sweeps. What is computed does not depend on the number of threads, nor on what the journal had;
   * the order in which the journal gets it does.
   *
   * @param points no two alike
   * @param journal is given each point when it is done
   * @param progress counts points, those that were there already as well
   * @return the rows of all points, in their order
   */
  public static List<SweepRow> run(
      Collection<SweepPoint> points, Journal journal, int threads, Progress progress) {
    Map<SweepRow.Key, SweepRow> rows = journal.rows();
    List<SweepPoint> missing =
        points.stream().filter(point -> !rows.containsKey(point.key())).toList();
    return progress.during(
        "flocks",
        points.size(),
        done -> {
          done.accept(rows.size());
          Consumer<SweepRow> keep =
              row -> {
                journal.append(row);
                done.accept(rows.size());
              };
          compute(missing, threads, keep);
          return points.stream().map(point -> rows.get(point.key())).toList();
        });
  }

  /** {@code keep} is called by this thread alone. */
  private static void compute(List<SweepPoint> points, int threads, Consumer<SweepRow> keep) {
    ExecutorService pool = Executors.newFixedThreadPool(threads, Sweep::daemon);
    try {
      CompletionService<SweepRow> rows = new ExecutorCompletionService<>(pool);
      points.forEach(point -> rows.submit(point::row));
      for (int i = 0; i < points.size(); i++) {
        keep.accept(rows.take().get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a point cannot be computed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the sweep was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** A point that is half done keeps nobody from leaving. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sweep");
    thread.setDaemon(true);
    return thread;
  }
}
