package dunlin.hal;

/** The board's own time. */
public interface Clock {
  /** Nanoseconds since boot; never runs backwards. */
  long now();
}
