package dunlin.host.cli;

import java.util.Locale;

/** Numbers for people. */
final class Numerals {
  private Numerals() {}

  /** With commas between thousands, whatever the locale. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
