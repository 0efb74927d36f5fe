package dunlin.host.cli;

import picocli.CommandLine.ITypeConverter;

/** A whole number from 1, or {@code auto}. */
final class NodesConverter implements ITypeConverter<Integer> {
  /** As many as are best. */
  static final int AUTO = -1;

  @Override
  public Integer convert(String text) {
    return text.equals("auto") ? AUTO : new CountConverter().convert(text);
  }
}
