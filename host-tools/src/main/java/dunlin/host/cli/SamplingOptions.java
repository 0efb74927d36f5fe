package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.host.run.Sampling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How tokens are picked. */
final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      converter = Converter.class,
      description = "0, the default, is greedy; 1 is as the model has it.")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      converter = TopKConverter.class,
      description = "Draw among the K likeliest, 1 to 128, or all.")
  private int topK;

  @Option(
      names = "--seed",
      paramLabel = "S",
      converter = SeedConverter.class,
      description = "Of the draws, 0 by default: same seed, same text.")
  private long seed;

  double temperature() {
    return temperature;
  }

  long seed() {
    return seed;
  }

  Sampling sampling() {
    return Sampling.of(temperature, topK, seed);
  }

  static final class SeedConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a whole number from -2^63 to 2^63 - 1");
      }
    }
  }

  static final class Converter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double temperature = Double.parseDouble(text);
        Sampling.of(temperature, 0, 0);
        return temperature;
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a number");
      } catch (Refusal refusal) {
        throw new TypeConversionException(refusal.getMessage());
      }
    }
  }
}
