package dunlin.hal.emulated;

import java.util.SplittableRandom;

/**
 * What goes wrong with the bytes of one direction of a wire. Seeded: the same bytes meet the same
 * faults, whatever the time and in however many pieces they come.
 */
final class Interference {
  /** The longest burst, and the most bytes that are lost at once. */
  private static final int LONGEST = 64;

  private enum Kind {
    FLIP,
    BURST,
    LOSS,
    ECHO
  }

  private final LineFaults rates;
  private final SplittableRandom random;

  /** Bytes that pass before the next fault; bytes that the fault has left, and its kind. */
  private long clean;

  private int left;
  private Kind kind;

  private long faults;
  private boolean cut;

  Interference(LineFaults rates, long seed) {
    this.rates = rates;
    random = new SplittableRandom(seed);
    clean = gap();
  }

  /** How many faults there have been. */
  long faults() {
    return faults;
  }

  /** Whether nothing passes at all. */
  void setCut(boolean nothingPasses) {
    cut = nothingPasses;
  }

  /** Moves {@code count} bytes, or what becomes of them; those without room are counted. */
  int carry(ByteQueue from, ByteQueue to, int count) {
    if (cut) {
      from.drop(count);
      return 0;
    }
    int overruns = 0;
    byte[] one = new byte[1];
    for (int todo = count; todo > 0; ) {
      int whole = (int) Math.min(todo, clean);
      int kept = Math.min(whole, to.room());
      from.moveTo(to, kept);
      from.drop(whole - kept);
      overruns += whole - kept;
      clean -= whole;
      todo -= whole;
      if (todo > 0) {
        from.remove(one, 0, 1);
        int copies = strike(one, 0, true);
        for (int i = 0; i < copies; i++) {
          overruns += to.room() == 0 ? 1 : 0;
          to.add(one, 0, Math.min(1, to.room()));
        }
        todo--;
      }
    }
    return overruns;
  }

  /** Damages {@code count} bytes where they lie: on a clocked line none is lost or doubled. */
  boolean damage(byte[] bytes, int count) {
    if (cut) {
      return true;
    }
    boolean damaged = false;
    for (int at = 0; at < count; ) {
      long whole = Math.min(count - at, clean);
      clean -= whole;
      at += (int) whole;
      if (at < count) {
        strike(bytes, at, false);
        damaged = true;
        at++;
      }
    }
    return damaged;
  }

  /** Does to one byte what is due, and says how often it arrives. */
  private int strike(byte[] bytes, int at, boolean unclocked) {
    if (left == 0) {
      begin();
    }
    int copies = 1;
    if (kind == Kind.FLIP || !unclocked && kind != Kind.BURST) {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    } else if (kind == Kind.BURST) {
      bytes[at] = (byte) random.nextInt();
    } else {
      copies = kind == Kind.LOSS ? 0 : 2;
    }
    left--;
    clean = left > 0 ? 0 : gap();
    return copies;
  }

  private void begin() {
    faults++;
    double which = random.nextDouble() * rates.total();
    if (which < rates.flip()) {
      kind = Kind.FLIP;
    } else if (which < rates.flip() + rates.burst()) {
      kind = Kind.BURST;
    } else {
      kind = which < rates.total() - rates.echo() ? Kind.LOSS : Kind.ECHO;
    }
    left = kind == Kind.BURST || kind == Kind.LOSS ? 1 + random.nextInt(LONGEST) : 1;
  }

  /** Bytes up to the next fault: each has the same chance. */
  private long gap() {
    double chance = rates.total();
    return chance == 0
        ? Long.MAX_VALUE
        : (long) (Math.log1p(-random.nextDouble()) / Math.log1p(-chance));
  }
}
