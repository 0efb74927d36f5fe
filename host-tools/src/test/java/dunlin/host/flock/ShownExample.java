package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The lines of a test, from {@code // shown} to {@code // end}, that a page of docs shows. */
final class ShownExample {
  private final String lines;

  private ShownExample(String lines) {
    this.lines = lines;
  }

  /** A test's of this package. */
  static ShownExample of(Class<?> test) throws IOException {
    Path source = Path.of("src/test/java/dunlin/host/flock", test.getSimpleName() + ".java");
    return new ShownExample(
        Files.readAllLines(source).stream()
            .dropWhile(line -> !line.endsWith("// shown"))
            .skip(1)
            .takeWhile(line -> !line.endsWith("// end"))
            .map(line -> line.replaceFirst("^ {4}", ""))
            .collect(Collectors.joining("\n")));
  }

  /** With what the page says in a test's place. */
  ShownExample with(String ofTest, String ofPage) {
    assertTrue(lines.contains(ofTest), ofTest);
    return new ShownExample(lines.replace(ofTest, ofPage));
  }

  /**
   * Fails where the page does not show it.
   *
   * @param page a file of docs
   */
  void assertStandsIn(String page) throws IOException {
    String text = Files.readString(Path.of("../docs", page));
    assertTrue(text.contains("```java\n" + lines + "\n```"), () -> "should show:\n" + lines);
  }
}
