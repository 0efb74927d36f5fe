package dunlin.boards.aot;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Kernels as a C library, made of their class files as firmware is, and nothing else: no object, no
 * class, no check. An array is a pointer to {@link #HEADER_BYTES} before its elements, for so
 * kernels find them; what lies there is never read.
 */
public final class KernelLibrary {
  /** From what kernels take for an array to its elements. */
  public static final int HEADER_BYTES = 12;

  private static final String KERNELS = "classes/dunlin/kernels";

  /** In place of TeaVM's macros; a source that asks for more than elements does not compile. */
  private static final String ARRAYS = "arrays.h";

  /**
   * A core that the library is built for; MicroEJ's architectures for both pass floats in
   * registers.
   */
  public enum Core {
    /** Cortex-M4 with its floating-point unit. */
    M4("-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16"),
    /** Cortex-M7 with its floating-point unit. */
    M7("-mcpu=cortex-m7", "-mfpu=fpv5-d16");

    private final List<String> options;

    Core(String... options) {
      this.options =
          Stream.concat(Stream.of(options), Stream.of("-mthumb", "-mfloat-abi=hard")).toList();
    }

    /** What tells gcc of it. */
    public List<String> options() {
      return options;
    }
  }

  private final Path folder;
  private final List<String> sources;

  private KernelLibrary(Path folder, List<String> sources) {
    this.folder = folder;
    this.sources = sources;
  }

  /**
   * Makes C of kernels.
   *
   * @param functions the names in C of methods such as {@code dunlin.kernels.Copy.bytes}
   * @param folder for sources and objects
   */
  public static KernelLibrary of(Map<String, String> functions, Path folder) {
    try {
      JavaToC.compileKernels(new TreeMap<>(functions), folder);
      List<String> sources = new ArrayList<>(List.of("crctable.c"));
      try (Stream<Path> files = Files.list(folder.resolve(KERNELS))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".c")).sorted().toList()) {
          Descriptors.cut(file);
          sources.add(folder.relativize(file).toString());
        }
      }
      Sources.copy("kernels.h", folder.resolve("include"));
      Sources.copy("nobookkeeping.h", folder);
      Sources.copy(ARRAYS, folder);
      Sources.copy(CompilerOptions.ASSEMBLY, folder);
      String table = "#include <stdint.h>\n" + CrcTableSource.text();
      Files.writeString(folder.resolve("crctable.c"), table);
      return new KernelLibrary(folder, List.copyOf(sources));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Builds the library for a core. */
  public void build(Core core, Path archive) {
    if (!Toolchain.installed()) {
      throw new Refusal(
          "the compiler arm-none-eabi-gcc is not there",
          "type: sudo apt install gcc-arm-none-eabi");
    }
    build(new Toolchain(folder), core.options(), archive);
  }

  /** Builds the library for this machine, to be linked into what the JVM loads. */
  public void buildForDesktop(Path archive) {
    build(Toolchain.ofDesktop(folder), List.of("-fPIC"), archive);
  }

  private void build(Toolchain tools, List<String> machine, Path archive) {
    List<String> all =
        Stream.concat(sources.stream(), Stream.of(CompilerOptions.ASSEMBLY)).toList();
    all.parallelStream().forEach(source -> tools.run("gcc", compilation(machine, source)));
    List<String> arguments = new ArrayList<>(List.of("rcsD", archive.toAbsolutePath().toString()));
    all.stream().map(CompilerOptions::object).forEach(arguments::add);
    try {
      Files.deleteIfExists(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tools.run("ar", arguments);
  }

  private List<String> compilation(List<String> machine, String source) {
    List<String> arguments = new ArrayList<>(machine);
    arguments.addAll(CompilerOptions.of(source));
    if (source.startsWith(KERNELS)) {
      arguments.addAll(List.of("-include", ARRAYS));
    }
    arguments.add("-fdebug-prefix-map=" + folder.toAbsolutePath() + "=.");
    arguments.addAll(List.of("-c", source, "-o", CompilerOptions.object(source)));
    return arguments;
  }
}
