package dunlin.host.cli;

import dunlin.host.checkpoint.ModelShape;
import dunlin.host.quantise.Outline;
import dunlin.host.quantise.QuantisedDecoder;
import dunlin.host.search.Objective;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a plan is for, where it is looked for. */
final class SearchOptions {
  @Option(
      names = "--objective",
      paramLabel = "O",
      converter = ObjectiveConverter.class,
      description = "With --nodes auto: latency, energy or boards.")
  private Objective objective = Objective.LATENCY;

  @Option(
      names = "--most",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "For --nodes auto and curves: boards at most, or 64.")
  private int most = 64;

  @Option(
      names = "--shape",
      paramLabel = "S",
      description = "In place of a model: its config.json, or stories42M.")
  private String shape;

  Objective objective() {
    return objective;
  }

  int most() {
    return most;
  }

  /** A model of zeros, where only its shape is given. */
  Optional<QuantisedDecoder> outline() {
    return Optional.ofNullable(shape)
        .map(ModelShape::of)
        .map(known -> Outline.of(known.name(), known.config(), known.tied()));
  }

  static final class ObjectiveConverter implements ITypeConverter<Objective> {
    @Override
    public Objective convert(String name) {
      return Arrays.stream(Objective.values())
          .filter(objective -> objective.toString().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + name
                          + "' is none of "
                          + Arrays.stream(Objective.values())
                              .map(Objective::toString)
                              .collect(Collectors.joining(", "))));
    }
  }
}
