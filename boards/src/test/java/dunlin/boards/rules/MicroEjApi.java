package dunlin.boards.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What may be named of MicroEJ's libraries, with its documentation: microej-api.txt. */
record MicroEjApi(Map<String, String> documentation) {
  static MicroEjApi read() {
    Map<String, String> documentation = new TreeMap<>();
    try (InputStream in = MicroEjApi.class.getResourceAsStream("microej-api.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 2))
          .forEach(entry -> documentation.put(entry[0], entry[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MicroEjApi(documentation);
  }

  boolean has(String name) {
    return documentation.containsKey(name);
  }
}
