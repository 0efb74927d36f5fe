package dunlin.host.cli;

import dunlin.firmware.Request;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many candidates a node may report. */
final class TopKConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    int candidates = new CountConverter().convert(text);
    if (candidates > Request.MAX_TOP_K) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number from 1 to " + Request.MAX_TOP_K);
    }
    return candidates;
  }
}
