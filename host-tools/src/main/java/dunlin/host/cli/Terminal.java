package dunlin.host.cli;

/** What the launcher can tell of the standard streams, and Java cannot. */
final class Terminal {
  private static final String STDERR = "dunlin.terminal";
  private static final String STDIN = "dunlin.interactive";

  private Terminal() {}

  /** Whether stderr is a terminal: somebody watches progress. */
  static boolean isWatched() {
    return Boolean.getBoolean(STDERR);
  }

  /** Whether stdin and stderr are terminals: somebody types. */
  static boolean isInteractive() {
    return Boolean.getBoolean(STDIN);
  }
}
