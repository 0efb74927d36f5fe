package dunlin.kernels;

import java.util.Random;

/** Where {@link KvCache}'s Javadoc says that each element lies, and what it is worth. */
record CacheLayout(int kvHeads, int headSize, int capacity) {
  int keyAt(int head, int position, int i) {
    return head * headBytes() + LinearDsp.offset(position, i, headSize);
  }

  int valueAt(int head, int position, int i) {
    return (kvHeads + head) * headBytes() + LinearDsp.offset(i, position, capacity);
  }

  private int headBytes() {
    return padded(headSize) * padded(capacity);
  }

  int keyScaleAt(int head, int position) {
    return 2 * kvHeads * headBytes() + 2 * (head * padded(capacity) + position);
  }

  int valueScaleAt(int head, int position) {
    return keyScaleAt(kvHeads, 0) + 2 * (head * padded(capacity) + position);
  }

  int bytes() {
    return valueScaleAt(kvHeads, 0);
  }

  void write(Guarded cache, int position, int[] key, int[] value, Random random) {
    Guarded k = Guarded.ofInts(key, random);
    Guarded v = Guarded.ofInts(value, random);
    KvCache.writeKey(cache.bytes, cache.at, k.bytes, k.at, position, kvHeads, headSize, capacity);
    KvCache.writeValue(cache.bytes, cache.at, v.bytes, v.at, position, kvHeads, headSize, capacity);
  }

  double key(Guarded cache, int head, int position, int i) {
    return cache.bytes[cache.at + keyAt(head, position, i)]
        * step(cache, keyScaleAt(head, position));
  }

  double value(Guarded cache, int head, int position, int i) {
    return cache.bytes[cache.at + valueAt(head, position, i)]
        * step(cache, valueScaleAt(head, position));
  }

  /** What one int8 step of a vector is worth. */
  double step(Guarded cache, int scaleAt) {
    return CacheScale.peak(Dsp.loadU16(cache.bytes, cache.at + scaleAt)) / 127.0;
  }

  private static int padded(int n) {
    return (n + 3) / 4 * 4;
  }
}
