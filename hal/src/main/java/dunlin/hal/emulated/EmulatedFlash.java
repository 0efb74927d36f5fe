package dunlin.hal.emulated;

import dunlin.hal.Flash;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Flash whose operations take virtual time. A reset or a supply that fails cuts them short, and
 * what they worked on is anybody's guess (RM0090, 3.6.2 and 3.6.3: "not guaranteed"); the guesses
 * follow from the time.
 */
public final class EmulatedFlash implements Flash {
  private static final byte ERASED = -1;

  private final Schedule schedule;
  private final BoardSpec.FlashSpec spec;
  private final byte[] bytes;

  /** The operation under way: its target, its source (null: erase) and its time. */
  private int target;

  private int count;
  private byte[] source;
  private int sourceOffset;
  private long start;
  private long end;

  EmulatedFlash(Schedule schedule, BoardSpec.FlashSpec spec) {
    this.schedule = schedule;
    this.spec = spec;
    this.bytes = new byte[spec.bytes()];
    Arrays.fill(bytes, ERASED);
  }

  @Override
  public byte[] bytes() {
    settle();
    return bytes;
  }

  @Override
  public int size() {
    return bytes.length;
  }

  @Override
  public int programUnit() {
    return spec.programUnit();
  }

  @Override
  public int sectorBytes(int offset) {
    return spec.sectorBytes();
  }

  @Override
  public boolean erase(int offset) {
    if (busy() || offset < 0 || offset >= bytes.length) {
      return false;
    }
    begin(offset - offset % spec.sectorBytes(), null, 0, spec.sectorBytes(), spec.eraseNanos());
    return true;
  }

  @Override
  public boolean program(int offset, byte[] from, int fromOffset, int count) {
    if (busy() || !aligned(offset, count) || !erased(offset, count)) {
      return false;
    }
    begin(offset, from, fromOffset, count, count / spec.programUnit() * spec.programNanos());
    return true;
  }

  @Override
  public boolean busy() {
    settle();
    return count > 0;
  }

  /** Host: replaces the contents by {@code image} and erased bytes, in no time. */
  void load(byte[] image) {
    count = 0;
    System.arraycopy(image, 0, bytes, 0, image.length);
    Arrays.fill(bytes, image.length, bytes.length, ERASED);
  }

  /** When the operation under way ends; a time that has passed where there is none. */
  long idleAt() {
    return count > 0 ? end : 0;
  }

  /** Lets an operation whose time has come take effect. */
  void settle() {
    if (count > 0 && schedule.now() >= end) {
      finish();
    }
  }

  /** An operation under way ends here. */
  void interrupt() {
    if (busy()) {
      SplittableRandom random = new SplittableRandom(schedule.now());
      if (source == null) {
        leaveHalfErased(random);
      } else {
        leaveHalfProgrammed(random);
      }
      count = 0;
    }
  }

  /** All of a sector erases at once: some units are as they were, some erased, some anything. */
  private void leaveHalfErased(SplittableRandom random) {
    for (int at = target; at < target + count; at += spec.programUnit()) {
      switch (random.nextInt(3)) {
        case 0 -> Arrays.fill(bytes, at, at + spec.programUnit(), ERASED);
        case 1 -> fill(at, random);
        default -> {}
      }
    }
  }

  private void fill(int from, SplittableRandom random) {
    for (int i = from; i < from + spec.programUnit(); i++) {
      bytes[i] = (byte) random.nextInt();
    }
  }

  /** Unit follows unit; of the one that is written, some bits are 0 already. */
  private void leaveHalfProgrammed(SplittableRandom random) {
    long units = count / spec.programUnit();
    int done = (int) ((schedule.now() - start) * units / (end - start)) * spec.programUnit();
    System.arraycopy(source, sourceOffset, bytes, target, done);
    for (int i = done; i < done + spec.programUnit(); i++) {
      bytes[target + i] = (byte) (source[sourceOffset + i] | random.nextInt());
    }
  }

  private boolean aligned(int offset, int count) {
    int unit = spec.programUnit();
    return offset >= 0
        && count >= 0
        && offset <= bytes.length - count
        && offset % unit == 0
        && count % unit == 0;
  }

  private boolean erased(int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] != ERASED) {
        return false;
      }
    }
    return true;
  }

  private void begin(int offset, byte[] from, int fromOffset, int size, long nanos) {
    target = offset;
    source = from;
    sourceOffset = fromOffset;
    count = size;
    start = schedule.now();
    end = start + nanos;
    settle();
  }

  private void finish() {
    if (source == null) {
      Arrays.fill(bytes, target, target + count, ERASED);
    } else {
      System.arraycopy(source, sourceOffset, bytes, target, count);
    }
    count = 0;
  }
}
