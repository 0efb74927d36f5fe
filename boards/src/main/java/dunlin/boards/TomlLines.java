package dunlin.boards;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which line of a TOML text a key stands: Jackson knows that of a syntax error only. What stands
 * within braces or brackets has the line on which they begin.
 */
final class TomlLines {
  private static final Pattern HEADER = Pattern.compile("\\s*(\\[\\[?)\\s*([\\w.-]+)\\s*]]?.*");
  private static final Pattern PAIR = Pattern.compile("\\s*([\\w.-]+)\\s*=.*");

  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Integer> tables = new HashMap<>();
  private String table = "";

  private TomlLines() {}

  /**
   * The line of a key, or else of the nearest table around it.
   *
   * @param key a path such as {@code ram[1].bytes}
   * @return from 1 on; 0 where nothing of it is there
   */
  static int of(String toml, String key) {
    TomlLines all = new TomlLines();
    int number = 0;
    for (String line : toml.lines().toList()) {
      all.take(line, ++number);
    }
    String at = key;
    while (!at.isEmpty() && !all.lines.containsKey(at)) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return all.lines.getOrDefault(at, 0);
  }

  private void take(String line, int number) {
    Matcher header = HEADER.matcher(line);
    Matcher pair = PAIR.matcher(line);
    if (header.matches()) {
      table = path(header.group(2), header.group(1).length() == 2);
      lines.putIfAbsent(table, number);
    } else if (pair.matches()) {
      lines.putIfAbsent((table.isEmpty() ? "" : table + ".") + pair.group(1), number);
    }
  }

  private String path(String name, boolean oneOfMany) {
    return oneOfMany ? name + "[" + (tables.merge(name, 1, Integer::sum) - 1) + "]" : name;
  }
}
