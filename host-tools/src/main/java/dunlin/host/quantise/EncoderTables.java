package dunlin.host.quantise;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.Nonlinearity;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an encoder's kernels look up; little-endian. Each kernel's Javadoc defines its table.
 *
 * @param exponents {@link dunlin.kernels.SelfAttention}
 * @param differences {@link dunlin.kernels.Activation}, of each activation that the model has
 * @param logarithms {@link dunlin.kernels.Logarithm}
 */
public record EncoderTables(
    byte[] exponents, Map<Nonlinearity, byte[]> differences, byte[] logarithms) {

  /**
   * The tables of a model, with tanh where it has a pooler. {@link StrictMath} makes them the same
   * on every machine.
   */
  static EncoderTables of(EncoderConfig config, boolean pooler) {
    Map<Nonlinearity, byte[]> differences = new EnumMap<>(Nonlinearity.class);
    Stream.of(
            config.frontEnd().stream().map(Convolution::activation),
            Stream.of(config.activation()),
            pooler ? Stream.of(Nonlinearity.TANH) : Stream.<Nonlinearity>empty())
        .flatMap(activations -> activations)
        .filter(activation -> activation != Nonlinearity.NONE)
        .forEach(activation -> differences.put(activation, differences(activation)));
    double one = Math.min(32767, (1 << 24) / config.context());
    return new EncoderTables(Tables.exponentTable(one), differences, Tables.logarithmTable());
  }

  /** The table of an activation. */
  static byte[] differences(Nonlinearity activation) {
    return Tables.differenceTable(x -> (activation.odd() ? 1 : x) - activation.at(x));
  }
}
