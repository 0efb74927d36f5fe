package dunlin.host.cli;

import dunlin.boards.BoardType.Weights;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A layout of weights. */
final class WeightsConverter implements ITypeConverter<Weights> {
  @Override
  public Weights convert(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "plain" -> Weights.PLAIN;
      case "packed" -> Weights.PACKED;
      case "helium" -> Weights.HELIUM;
      default -> throw new TypeConversionException("'" + text + "' is not plain, packed or helium");
    };
  }
}
