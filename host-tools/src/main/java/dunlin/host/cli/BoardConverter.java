package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.time.BoardFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A board's type by its name, or by the path of its file. */
final class BoardConverter implements ITypeConverter<BoardType> {
  @Override
  public BoardType convert(String name) {
    try {
      return name.endsWith(".toml") ? BoardFile.read(Path.of(name)) : BoardTypes.named(name);
    } catch (Refusal refusal) {
      throw new TypeConversionException(refusal.getMessage());
    }
  }

  /** The names, for help. */
  static final class Names implements Iterable<String> {
    private static final List<String> NAMES = BoardTypes.NAMES;

    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }
}
