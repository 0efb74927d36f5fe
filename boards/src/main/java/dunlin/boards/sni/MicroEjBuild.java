package dunlin.boards.sni;

import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.Unwritable;
import dunlin.boards.aot.KernelLibrary;
import dunlin.boards.aot.KernelLibrary.Core;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Builds what a MicroEJ application and its VEE Port need of Dunlin.
 *
 * @param files what was written: {@code dunlin-node.jar}, {@code lib/libdunlin-m4.a} and {@code
 *     -m7.a}, {@code src/dunlin_sni.c}, {@code include/dunlin/*.h}, {@code mock/**}
 * @param classes how many class files
 * @param classBytes of all
 * @param natives how many
 */
public record MicroEjBuild(List<Path> files, int classes, long classBytes, int natives) {
  /** The type of board that nodes of managed code are. */
  public static final String BOARD = "microej";

  /** A jar is the same whenever it is made: the first date that zip files know. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  /**
   * Builds into {@code folder}, which is made where it is missing.
   *
   * @throws Refusal where the compiler is missing, or files cannot be written
   */
  public static MicroEjBuild build(Path folder) {
    ManagedNode node = ManagedNode.build();
    try {
      Files.createDirectories(folder);
      try (TemporaryFolder work = new TemporaryFolder("dunlin-microej");
          TemporaryFolder whole = new TemporaryFolder(folder, ".dunlin-microej")) {
        write(node, work.path(), whole.path());
        List<Path> files = move(whole.path(), folder);
        Map<String, byte[]> classes = node.classFiles();
        long bytes = classes.values().stream().mapToLong(file -> file.length).sum();
        return new MicroEjBuild(files, classes.size(), bytes, node.natives().size());
      }
    } catch (IOException e) {
      throw new Unwritable(folder + ": the library", e);
    } catch (IllegalStateException e) { // the tools' too
      throw Unwritable.lacksRoom(e) ? new Unwritable(folder + ": the library", e) : e;
    }
  }

  private static void write(ManagedNode node, Path work, Path whole) throws IOException {
    KernelLibrary library = SniSources.library(node, work);
    Path lib = Files.createDirectory(whole.resolve("lib"));
    for (Core core : Core.values()) {
      library.build(core, lib.resolve("libdunlin-%s.a".formatted(name(core))));
    }
    SniSources.write(node, whole);
    Path sources = Files.createDirectory(whole.resolve("src"));
    Files.move(whole.resolve("dunlin_sni.c"), sources.resolve("dunlin_sni.c"));
    MockSources.write(node, whole.resolve("mock"));
    jar(node.classFiles(), whole.resolve("dunlin-node.jar"));
  }

  private static String name(Core core) {
    return core.name().toLowerCase(Locale.ROOT);
  }

  private static void jar(Map<String, byte[]> classes, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        JarEntry entry = new JarEntry(type.getKey());
        entry.setTimeLocal(EPOCH);
        jar.putNextEntry(entry);
        jar.write(type.getValue());
      }
    }
  }

  private static List<Path> move(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).map(from::relativize).sorted().toList();
    }
    for (Path file : files) {
      Path place = to.resolve(file);
      Files.createDirectories(place.getParent());
      Files.move(from.resolve(file), place, StandardCopyOption.ATOMIC_MOVE);
    }
    return files.stream().map(to::resolve).toList();
  }
}
