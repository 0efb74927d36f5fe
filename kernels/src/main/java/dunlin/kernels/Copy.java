package dunlin.kernels;

/** Copies bytes, in words where both stretches are aligned to them, else two at a time. */
@Unchecked
public final class Copy {
  private Copy() {}

  /** Copies {@code count} bytes; the two stretches do not overlap. */
  public static void bytes(byte[] from, int fromAt, byte[] to, int toAt, int count) {
    int end = fromAt + count;
    int at = fromAt;
    int shift = toAt - fromAt;
    if (((fromAt | toAt) & 3) == 0) {
      for (; at <= end - 16; at += 16) {
        long low = Dsp.load64(from, at);
        long high = Dsp.load64(from, at + 8);
        Dsp.store32(to, at + shift, (int) low);
        Dsp.store32(to, at + shift + 4, (int) (low >>> 32));
        Dsp.store32(to, at + shift + 8, (int) high);
        Dsp.store32(to, at + shift + 12, (int) (high >>> 32));
      }
      for (; at <= end - 4; at += 4) {
        Dsp.store32(to, at + shift, Dsp.load32(from, at));
      }
    }
    for (; at <= end - 4; at += 4) {
      Dsp.store16(to, at + shift, Dsp.load16(from, at));
      Dsp.store16(to, at + shift + 2, Dsp.load16(from, at + 2));
    }
    for (; at < end; at++) {
      to[at + shift] = from[at];
    }
  }
}
