package dunlin.host.flash;

import dunlin.boards.Refusal;
import dunlin.host.flash.FlashReport.Pace;
import dunlin.host.flock.Progress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Does one step of flashing after the other, shows how far it has come, and takes the time.
 *
 * @param clock nanoseconds, for differences
 */
record Phases(Progress progress, LongSupplier clock) {

  /** Does {@code work} to each item; {@code size} says how many bytes it is. */
  <T> Pace during(String task, List<T> items, ToIntFunction<T> size, Consumer<T> work) {
    int all = items.stream().mapToInt(size).sum();
    if (all == 0) {
      return Pace.NONE;
    }
    long start = clock.getAsLong();
    return progress.during(
        task,
        all,
        done -> {
          int bytes = 0;
          for (T item : items) {
            work.accept(item);
            bytes += size.applyAsInt(item);
            done.accept(bytes);
          }
          return new Pace(all, clock.getAsLong() - start);
        });
  }

  /** What a board does not keep. */
  static Refusal notKept(String name, long address) {
    return new Refusal(
        "%s: 0x%08x does not hold what was written to it".formatted(name, address),
        "start again; if it stays so, the flash is worn out or its supply is bad");
  }

  /** What a board holds in place of a segment. */
  static Refusal differs(String name, Segment segment, long address) {
    return new Refusal(
        "%s: the %s differs from 0x%08x on".formatted(name, segment.name(), address),
        "dunlin flash --every-byte writes what differs");
  }
}
