package dunlin.hal.emulated;

import dunlin.hal.Wake;
import java.util.function.BooleanSupplier;

/** What the host runs an emulation for. */
@FunctionalInterface
public interface Goal {
  /**
   * The virtual time in nanoseconds at which the goal is reached by what is under way already, so
   * that it needs no further step of a board; a time that has passed where it is reached, {@link
   * Wake#NEVER} where that is not known yet.
   */
  long reachedAt();

  /** Reached by a board's step (or by the host) at the time at which {@code condition} holds. */
  static Goal when(BooleanSupplier condition) {
    return () -> condition.getAsBoolean() ? 0 : Wake.NEVER;
  }
}
