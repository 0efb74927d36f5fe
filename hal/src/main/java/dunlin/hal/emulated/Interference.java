package dunlin.hal.emulated;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What goes wrong with the bytes of one direction of a wire. Seeded: the same bytes meet the same
 * faults, whatever the time and in however many pieces they come.
 */
final class Interference {
  private static final LineFault[] KINDS = LineFault.values();

  private final LineFaults rates;
  private final SplittableRandom random;

  /** Bytes that pass before the next fault; bytes that the fault has left, and its kind. */
  private long clean;

  private int left;
  private LineFault kind;

  private final Map<LineFault, Long> faults = new EnumMap<>(LineFault.class);
  private boolean cut;

  Interference(LineFaults rates, long seed) {
    this.rates = rates;
    random = new SplittableRandom(seed);
    clean = gap();
  }

  /** How many faults of a kind there have been. */
  long faults(LineFault fault) {
    return faults.getOrDefault(fault, 0L);
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
        overruns += kind == LineFault.OVERRUN ? 1 : 0;
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
    if (kind == LineFault.FLIP || !unclocked && kind != LineFault.BURST) {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    } else if (kind == LineFault.BURST) {
      bytes[at] = (byte) random.nextInt();
    } else {
      copies = kind == LineFault.ECHO ? 2 : 0;
    }
    left--;
    clean = left > 0 ? 0 : gap();
    return copies;
  }

  private void begin() {
    kind = draw(random.nextDouble() * rates.total());
    faults.merge(kind, 1L, Long::sum);
    left = kind.longest() == 1 ? 1 : 1 + random.nextInt(kind.longest());
  }

  /** The kind in whose part of all chances {@code point} lies. */
  private LineFault draw(double point) {
    int which = 0;
    double upTo = rates.chance(KINDS[0]);
    while (upTo <= point && which < KINDS.length - 1) {
      upTo += rates.chance(KINDS[++which]);
    }
    return KINDS[which];
  }

  /** Bytes up to the next fault: each has the same chance. */
  private long gap() {
    double chance = rates.total();
    return chance == 0
        ? Long.MAX_VALUE
        : (long) (Math.log1p(-random.nextDouble()) / Math.log1p(-chance));
  }
}
