package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Programs;
import dunlin.boards.aot.KernelLibrary;
import dunlin.boards.sni.ManagedNode;
import dunlin.boards.sni.SniSources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a managed node calls, as a library that this JVM can load: the kernel library, the natives
 * of SNI and of dunlin_port.c, compiled for the desktop, and JNI over a double of SNI. Built once.
 */
final class DesktopSni {
  /** The type of board that it stands for. */
  static final String BOARD = "nucleo-h743zi2";

  private static final Path PORT = Path.of("../boards/microej/c").toAbsolutePath().normalize();
  private static final Path JNI = Path.of(System.getProperty("java.home"), "include");
  private static final List<String> DOUBLES = List.of("sni.h", "desktop.c");

  private static DesktopSni built;

  private final ManagedNode node = ManagedNode.build();
  private final Path folder;
  private int loaded;

  private DesktopSni(Path folder) throws IOException {
    this.folder = folder;
    Path sources = Files.createDirectories(folder.resolve("library"));
    KernelLibrary library = SniSources.library(node, sources);
    library.buildForDesktop(folder.resolve("libdunlin.a"));
    SniSources.write(node, folder);
    for (String name : DOUBLES) {
      Files.writeString(folder.resolve(name), source(name));
    }
    Files.writeString(folder.resolve("dunlin_config.h"), config());
    Files.writeString(folder.resolve("names.h"), JniSources.names(node.natives()));
    Files.writeString(folder.resolve("jni.c"), JniSources.natives(node.natives()));
    List<String> sni =
        List.of("-include", "names.h", "-c", "dunlin_sni.c", PORT + "/dunlin_port.c");
    gcc(sni);
    gcc(List.of("-c", "jni.c", "desktop.c"));
    gcc(
        List.of(
            "-shared",
            "-o",
            "libdunlin.so",
            "dunlin_sni.o",
            "dunlin_port.o",
            "jni.o",
            "desktop.o",
            "libdunlin.a"));
  }

  /** The library; skips the test where there is nothing to build it with. */
  static synchronized DesktopSni built() {
    assumeTrue(Programs.installed("gcc"), "natives on the desktop: sudo apt install gcc");
    assumeTrue(Files.exists(JNI.resolve("jni.h")), "natives on the desktop: a JDK with " + JNI);
    if (built == null) {
      try {
        Path folder = Path.of("target", "sni").toAbsolutePath();
        Files.createDirectories(folder);
        built = new DesktopSni(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return built;
  }

  /** The managed node that calls it. */
  ManagedNode node() {
    return node;
  }

  /** A copy of the library: a JVM loads one only once. */
  synchronized Path copy() throws IOException {
    loaded++;
    Path copy = folder.resolve("libdunlin-" + loaded + ".so");
    Files.deleteIfExists(copy);
    return Files.copy(folder.resolve("libdunlin.so"), copy);
  }

  /** A file of the double. */
  static String source(String name) throws IOException {
    try (InputStream in = DesktopSni.class.getResourceAsStream("/dunlin/hil/sni/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the double says of the board. */
  static String config() throws IOException {
    BoardType board = BoardTypes.named(BOARD);
    return source("dunlin_config.h")
        .formatted(board.uart().count(), board.spi().count(), board.id());
  }

  private void gcc(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-std=gnu11",
                "-O2",
                "-fPIC",
                "-Wall",
                "-Werror",
                "-DDUNLIN_JNI",
                "-I.",
                "-Iinclude",
                "-I" + JNI,
                "-I" + JNI + "/linux",
                "-I" + PORT));
    command.addAll(arguments);
    run("gcc", command, folder);
  }

  /** Runs a compiler, which must succeed. */
  static void run(String tool, List<String> arguments, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertEquals(0, process.waitFor(), printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
