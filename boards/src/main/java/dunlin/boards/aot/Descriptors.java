package dunlin.boards.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * TeaVM's descriptors of classes in C, without what boards have no use for: a function that says
 * who extends a class, for casts, and where references lie in its objects, for a garbage collector.
 * They take a kilobyte of flash. A cast that would need them does not link (nobookkeeping.h).
 */
final class Descriptors {
  private static final Pattern UNUSED = Pattern.compile("\\.(isSupertypeOf|layout) = &?\\w+,");

  /** The first of the things that TeaVM writes behind the functions of a class. */
  private static final Pattern BEHIND_FUNCTIONS =
      Pattern.compile("^int32_t supertypeof_\\w+\\(", Pattern.MULTILINE);

  private Descriptors() {}

  /** Leaves nothing of a source but its functions: of static methods, all that is called. */
  static void cut(Path source) throws IOException {
    String text = Files.readString(source);
    Matcher end = BEHIND_FUNCTIONS.matcher(text);
    Files.writeString(source, end.find() ? text.substring(0, end.start()) : text);
  }

  /** Cuts down the descriptors in all sources of a folder. */
  static void trim(Path folder) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(folder)) {
      sources = files.filter(file -> file.toString().endsWith(".c")).toList();
    }
    for (Path source : sources) {
      String text = Files.readString(source);
      Files.writeString(source, UNUSED.matcher(text).replaceAll(".$1 = NULL,"));
    }
  }
}
