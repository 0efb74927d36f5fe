package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.constant;
import static dunlin.host.quantise.Vectors.largest;
import static dunlin.host.quantise.Vectors.vector;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.Norm;
import dunlin.kernels.LayerNorm;
import java.util.Optional;

/** Ways from an encoder's stream, an int32 with so many fraction bits, to int8. */
final class StreamEntries {
  private static final int INT8 = 127;

  private final String model;
  private final EncoderConfig config;
  private final int fraction;

  StreamEntries(String model, EncoderConfig config, int fraction) {
    this.model = model;
    this.config = config;
    this.fraction = fraction;
  }

  /** int8 steps of channels, each between its own range and what its readers' weights can bear. */
  static double[] steps(double[] peaks, Matrix... readers) {
    double[] factors = Equalisation.factors(peaks, Equalisation.NORM_STRENGTH, readers);
    double largest = largest(vector(peaks.length, i -> peaks[i] / factors[i]));
    return vector(peaks.length, i -> factors[i] * largest / INT8);
  }

  /** The normalised stream; the stream stays as it is. */
  Entry normalised(String name, EncoderModel.Norm norm, double[] steps) {
    return new Entry(Optional.of(norm(name, norm, false)), output(name, norm, steps));
  }

  /** The normalised stream, which also replaces the stream. */
  Entry replacing(String name, EncoderModel.Norm norm, double[] steps) {
    return new Entry(Optional.of(norm(name, norm, true)), output(name, norm, steps));
  }

  /** The stream itself. */
  Affine plain(String name, double[] steps) {
    return Affines.of(
        model + ": " + name,
        vector(steps.length, i -> Math.scalb(1 / steps[i], -fraction)),
        constant(steps.length, 0));
  }

  /** A norm: all of it but where its int8 goes. */
  Norm norm(String name, EncoderModel.Norm norm, boolean replaces) {
    int normal = LayerNorm.fractionBits(config.dim());
    double[] gain = Vectors.of(norm.gain());
    double[] bias = Vectors.of(norm.bias());
    Optional<Affine> residual =
        replaces
            ? Optional.of(
                Affines.of(
                    model + ": " + name,
                    vector(gain.length, i -> Math.scalb(gain[i], fraction - normal)),
                    vector(bias.length, i -> Math.scalb(bias[i], fraction))))
            : Optional.empty();
    return new Norm(
        Rounding.scale(1.0 / config.dim()),
        Rounding.scale(Math.scalb(config.normEpsilon(), 2 * fraction)),
        residual);
  }

  private Affine output(String name, EncoderModel.Norm norm, double[] steps) {
    int normal = LayerNorm.fractionBits(config.dim());
    double[] gain = Vectors.of(norm.gain());
    double[] bias = Vectors.of(norm.bias());
    return Affines.of(
        model + ": " + name,
        vector(steps.length, i -> Math.scalb(gain[i] / steps[i], -normal)),
        vector(steps.length, i -> bias[i] / steps[i]));
  }
}
