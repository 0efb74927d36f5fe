package dunlin.host.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, and as SVG does. */
final class Units {
  private static final double NANOS_PER_MILLI = 1e6;

  private Units() {}

  /** Nanoseconds in milliseconds, with three decimals. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%,.3f ms", nanos / NANOS_PER_MILLI);
  }

  /** Bytes, in full. */
  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d B", bytes);
  }

  /** A mean of bytes, in full. */
  static String bytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f B", bytes);
  }

  /** With a capital first letter. */
  static String capitalised(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** A share of 1. */
  static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  /** With three digits or all before the point. */
  static String digits(double number) {
    String format = number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, number);
  }

  /** With three digits, whatever its size. */
  static String significant(double number) {
    return new BigDecimal(number).round(new MathContext(3)).toPlainString();
  }

  /** At most two decimals, and none that are zero. */
  static String coordinate(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
