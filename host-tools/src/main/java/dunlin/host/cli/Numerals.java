package dunlin.host.cli;

import java.util.Locale;

/** Numbers for people. */
final class Numerals {
  private Numerals() {}

  /** With commas between thousands, whatever the locale. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Four digits, or more before the point; nothing for null. */
  static String fourDigits(Double value) {
    if (value == null) {
      return "";
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%,." + Math.min(4, decimals) + "f", value);
  }
}
