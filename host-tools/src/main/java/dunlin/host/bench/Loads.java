package dunlin.host.bench;

/** Whether words that instructions load are counted too: it takes most of the time. */
public enum Loads {
  /** They are. */
  COUNTED,
  /** Instructions alone. */
  LEFT_OUT
}
