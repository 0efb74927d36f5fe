package dunlin.boards;

/**
 * Input that Dunlin will not work with. The message is one line for a person: what is wrong, where,
 * and what to do about it; it is shown as it is, without a stack trace.
 */
public class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String remedy;

  /**
   * @param what is wrong and where, for example {@code "a.bin: truncated at byte 28 of 1056540"}
   * @param remedy what to do, for example {@code "download it again"}
   */
  public Refusal(String what, String remedy) {
    this(what, remedy, null);
  }

  /** As {@link #Refusal(String, String)}, keeping the cause for {@code -v}. */
  public Refusal(String what, String remedy, Throwable cause) {
    super(what + ": " + remedy, cause);
    this.what = what;
    this.remedy = remedy;
  }

  /** The message without the remedy, for a caller that knows a better one. */
  public String what() {
    return what;
  }

  /** What to do, without what is wrong. */
  public String remedy() {
    return remedy;
  }
}
