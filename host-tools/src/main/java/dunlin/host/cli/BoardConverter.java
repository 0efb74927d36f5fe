package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.time.BoardFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A board's type by its name, or by the path of its file. */
final class BoardConverter implements ITypeConverter<BoardType> {
  /** In place of a name. */
  private static final Set<String> LIST = Set.of("list", "?");

  /** What is thrown where the boards are to be listed, and nothing else to be done. */
  static final class ListWanted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public BoardType convert(String name) {
    if (LIST.contains(name)) {
      throw new ListWanted();
    }
    try {
      return name.endsWith(".toml") ? BoardFile.read(Path.of(name)) : BoardTypes.named(name);
    } catch (Refusal refusal) {
      throw new TypeConversionException(refusal.getMessage());
    }
  }

  /** Lists all that come with Dunlin. */
  static void list(PrintWriter out) {
    Table table = new Table(2);
    BoardTypes.NAMES.forEach(name -> table.row(name, BoardTypes.named(name).description()));
    table.print(out);
  }

  /** The names, for completion. */
  static final class Names implements Iterable<String> {
    private static final List<String> NAMES = BoardTypes.NAMES;

    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }
}
