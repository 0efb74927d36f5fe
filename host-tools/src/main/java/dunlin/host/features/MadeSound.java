package dunlin.host.features;

import java.util.Random;

/**
 * A sound of a second or so with the range of speech in it: silence, a voice that glides through
 * vowels (harmonics of a pitch under three formants), a hiss, another vowel; over noise. Loudness,
 * pitch, formants and noise differ from clip to clip; some clips are noise alone, or nothing.
 */
final class MadeSound {
  private static final double LOUDEST = 30_000;
  private static final int HARMONICS = 40;
  private static final double[][] FORMANTS = {
    {730, 1090, 2440}, {270, 2290, 3010}, {300, 870, 2240}, {530, 1840, 2480}, {570, 840, 2410}
  };
  private static final double BANDWIDTH = 120;

  private final Random random;
  private final double[] from;
  private final double[] to;
  private final double pitch;
  private final double glide;
  private final double loudness;
  private final double noise;

  private MadeSound(int clip) {
    random = new Random(clip);
    from = FORMANTS[random.nextInt(FORMANTS.length)];
    to = FORMANTS[random.nextInt(FORMANTS.length)];
    pitch = 90 + 160 * random.nextDouble();
    glide = 0.8 + 0.4 * random.nextDouble();
    boolean voiced = clip % 4 != 3;
    loudness = voiced ? LOUDEST * StrictMath.pow(2, -(clip % 5)) : 0;
    noise = clip % 8 == 7 ? 0 : StrictMath.pow(10, 0.6 * (clip % 7));
  }

  /**
   * A clip.
   *
   * @param clip its number: the same number, the same sound
   * @param samples how long it is, at {@link Mfcc#SAMPLE_RATE}
   */
  static short[] of(int clip, int samples) {
    return new MadeSound(clip).samples(samples);
  }

  private short[] samples(int count) {
    short[] samples = new short[count];
    double phase = 0;
    for (int i = 0; i < count; i++) {
      double at = (double) i / count;
      double hertz = pitch * (1 + (glide - 1) * at);
      phase += 2 * Math.PI * hertz / Mfcc.SAMPLE_RATE;
      double voice = at < 0.55 ? envelope(at, 0.15, 0.55) : envelope(at, 0.65, 0.9);
      double hiss = 0.15 * envelope(at, 0.5, 0.68) * random.nextGaussian();
      double sound = loudness * (voice == 0 ? hiss : voice * vowel(at, hertz, phase) + hiss);
      double sample = sound + noise * random.nextGaussian();
      samples[i] = (short) Math.max(-32768, Math.min(32767, Math.rint(sample)));
    }
    return samples;
  }

  /** Rises and falls between two times. */
  private static double envelope(double at, double begin, double end) {
    return at <= begin || at >= end ? 0 : StrictMath.sin(Math.PI * (at - begin) / (end - begin));
  }

  /** Harmonics under formants that move; at most about one. */
  private double vowel(double at, double hertz, double phase) {
    double sum = 0;
    for (int k = 1; k <= HARMONICS && k * hertz < Mfcc.SAMPLE_RATE / 2; k++) {
      sum += gain(at, k * hertz) * StrictMath.sin(k * phase);
    }
    return sum / 6;
  }

  private double gain(double at, double hertz) {
    double gain = 0.02;
    for (int i = 0; i < from.length; i++) {
      double centre = from[i] + (to[i] - from[i]) * at;
      double distance = (hertz - centre) / (BANDWIDTH * (1 + i));
      gain += 1 / (1 + distance * distance) / (1 + i);
    }
    return gain;
  }
}
