package dunlin.boards.aot;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in the Java source a firmware's addresses come from, by its ELF file. */
public final class Symbols {
  /** TeaVM's name of a method: the initials of its package, its class, itself, and a number. */
  private static final Pattern METHOD =
      Pattern.compile("(?:meth|vmeth)_[a-z]+_(\\w+?)_([a-zA-Z]\\w*?)(?:_\\d+)?");

  private final Path elf;

  /** The symbols of an ELF file that {@link FirmwareBuild} made. */
  public Symbols(Path elf) {
    this.elf = elf.toAbsolutePath();
  }

  /**
   * What lies at an address, as {@code Class.method (File.java:line)}: with inlined methods, the
   * innermost. A function that is not Java comes with its address.
   *
   * @return the address in hexadecimal where the compiler's tools are missing
   */
  public String at(int address) {
    String hex = "%#x".formatted(address);
    if (!Toolchain.installed()) {
      return hex;
    }
    List<String> lines =
        new Toolchain(elf.getParent())
            .run("addr2line", List.of("-e", elf.toString(), "-f", "-s", "-i", hex))
            .lines()
            .toList();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      if (lines.get(i + 1).contains(".java:")) { // what TeaVM wraps around accesses is inlined too
        return method(lines.get(i)) + " (" + lines.get(i + 1) + ")";
      }
    }
    return lines.isEmpty() || lines.get(0).equals("??") ? hex : lines.get(0) + " (" + hex + ")";
  }

  /** The address of a symbol of C. */
  public int address(String symbol) {
    return new Toolchain(elf.getParent())
        .run("nm", List.of(elf.toString()))
        .lines()
        .map(line -> line.split(" ", 3))
        .filter(fields -> fields.length == 3 && fields[2].equals(symbol))
        .mapToInt(fields -> Integer.parseUnsignedInt(fields[0], 16))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(elf + " has no " + symbol));
  }

  private static String method(String function) {
    Matcher method = METHOD.matcher(function);
    return method.matches() ? method.group(1) + "." + method.group(2) : function;
  }
}
