package dunlin.host.features;

import dunlin.host.model.Features;
import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Mel-frequency cepstral coefficients as Keyword Transformers were trained on them: the layers of
 * kws_streaming (google-research, {@code SpeechFeatures} with feature type {@code mfcc_tf}) with
 * the flags of keyword-transformer's KWT-1. For each window of 30 ms, every 10 ms:
 *
 * <pre>
 *   480 samples in ±1 · periodic Hann window → 512-point DFT → magnitudes [257]
 *   → 80 triangles between 20 and 7,600 Hz, even and linear in mel → natural log, floor 1e-12
 *   → the first 40 coefficients of an orthogonal DCT-II (the 0th with the others' factor)
 * </pre>
 */
final class Mfcc {
  /** Samples a second. */
  static final int SAMPLE_RATE = 16_000;

  /** Coefficients of a frame. */
  static final int COEFFICIENTS = 40;

  private static final int WINDOW = 480;
  private static final int HOP = 160;
  private static final int POINTS = 512;
  private static final int BINS = POINTS / 2 + 1;
  private static final int BANDS = 80;
  private static final double LOWEST_HERTZ = 20;
  private static final double HIGHEST_HERTZ = 7600;
  private static final double FLOOR = 1e-12;
  private static final double FULL_SCALE = 1 << 15; // of 16-bit samples

  private final FastFourierTransformer fourier =
      new FastFourierTransformer(DftNormalization.STANDARD);
  private final double[] hann = new double[WINDOW];
  private final double[][] triangles = new double[BANDS][BINS];
  private final double[][] cosines = new double[COEFFICIENTS][BANDS];

  Mfcc() {
    Arrays.setAll(hann, i -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW));
    double lowest = mel(LOWEST_HERTZ);
    double width = (mel(HIGHEST_HERTZ) - lowest) / (BANDS + 1); // of half a triangle
    for (int band = 0; band < BANDS; band++) {
      double peak = lowest + (band + 1) * width;
      for (int bin = 1; bin < BINS; bin++) { // a constant is no sound
        double distance = Math.abs(mel((double) bin * SAMPLE_RATE / POINTS) - peak);
        triangles[band][bin] = Math.max(0, 1 - distance / width);
      }
    }
    for (int k = 0; k < COEFFICIENTS; k++) {
      for (int band = 0; band < BANDS; band++) {
        cosines[k][band] =
            Math.sqrt(2.0 / BANDS) * Math.cos(Math.PI * k * (2 * band + 1) / (2 * BANDS));
      }
    }
  }

  /** Windows that fit into so many samples. */
  static int frames(long samples) {
    return samples < WINDOW ? 0 : Math.toIntExact((samples - WINDOW) / HOP + 1);
  }

  /** Samples that so many windows take. */
  static long samples(long frames) {
    return WINDOW + (frames - 1) * HOP;
  }

  /**
   * The coefficients of a clip.
   *
   * @param samples 16-bit, at {@link #SAMPLE_RATE}
   */
  Features features(String name, short[] samples) {
    int frames = frames(samples.length);
    float[] values = new float[frames * COEFFICIENTS];
    for (int frame = 0; frame < frames; frame++) {
      double[] coefficients = coefficients(samples, frame * HOP);
      for (int k = 0; k < COEFFICIENTS; k++) {
        values[frame * COEFFICIENTS + k] = (float) coefficients[k];
      }
    }
    return new Features(name, frames, COEFFICIENTS, values);
  }

  private double[] coefficients(short[] samples, int from) {
    double[] windowed = new double[POINTS];
    for (int i = 0; i < WINDOW; i++) {
      windowed[i] = samples[from + i] / FULL_SCALE * hann[i];
    }
    Complex[] spectrum = fourier.transform(windowed, TransformType.FORWARD);
    double[] magnitudes = new double[BINS];
    Arrays.setAll(magnitudes, bin -> spectrum[bin].abs());
    double[] logs = new double[BANDS];
    Arrays.setAll(logs, band -> Math.log(Math.max(FLOOR, dot(triangles[band], magnitudes))));
    double[] coefficients = new double[COEFFICIENTS];
    Arrays.setAll(coefficients, k -> dot(cosines[k], logs));
    return coefficients;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The mel scale of HTK and TensorFlow. */
  private static double mel(double hertz) {
    return 1127 * Math.log1p(hertz / 700);
  }
}
