package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.Unwritable;
import dunlin.boards.bench.ReplayProcessor;
import dunlin.boards.bench.ReplayedFirmware;
import dunlin.boards.bench.StoppedClock;
import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Interrupts;
import dunlin.boards.cortexm.SysTick;
import dunlin.firmware.NodeFirmware;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds firmware: the very classes that run on the desktop, as machine code for a board. */
public final class FirmwareBuild {
  /** Reset, interrupts and drivers, by chip family. */
  private static final String ENTRY = "dunlin.boards.%s.Main";

  /** Runs a kernel and counts its instructions; needs no driver. */
  private static final String BENCHMARK = "dunlin.boards.bench.Main";

  /** What a replay keeps in RAM beside what the firmware does; an image must leave it free. */
  private static final int REPLAY_RAM = 1024;

  /** Compiled classes, and calls into them; the rest of TeaVM's runtime in C is not needed. */
  private static final List<String> COMPILED =
      List.of("classes", "arrays", "primitives", "special.c");

  private FirmwareBuild() {}

  /** Whether the cross-compiler is there. */
  public static boolean possible() {
    return Toolchain.installed();
  }

  /**
   * Builds the node firmware for a board's type.
   *
   * @param folder where {@code NAME.elf}, {@code .hex} and {@code .bin} go; made where it is
   *     missing
   */
  public static Firmware build(BoardType board, Path folder) {
    return build(board, NodeFirmware.class, folder);
  }

  /**
   * Builds another program for a board's type.
   *
   * @param program board Java with a constructor that has no arguments
   */
  public static Firmware build(
      BoardType board, Class<? extends dunlin.hal.Firmware> program, Path folder) {
    if (board.chip() == null) {
      throw new Refusal(
          board.noFirmware(), "choose one of " + String.join(", ", BoardTypes.withFirmware()));
    }
    return build(
        board, entries(board), Map.of(NodeFirmware.class.getName(), program.getName()), folder);
  }

  private static List<String> entries(BoardType board) {
    return List.of(ENTRY.formatted(board.chip().family()), Interrupts.class.getName());
  }

  /**
   * Builds the firmware that {@link dunlin.boards.bench} describes.
   *
   * @param board one of {@link BoardTypes#withFirmware}
   * @param folder as for {@link #build(BoardType, Path)}
   */
  public static Firmware benchmark(BoardType board, Path folder) {
    return build(board.withoutPorts(), List.of(BENCHMARK), Map.of(), folder);
  }

  /**
   * Builds the node firmware, but with a {@link dunlin.boards.bench.Tape} in the place of its
   * peers.
   *
   * @param board one of {@link BoardTypes#withFirmware}
   * @param folder as for {@link #build(BoardType, Path)}
   */
  public static Firmware replay(BoardType board, Path folder) {
    Map<String, String> substitutes =
        Map.of(
            NodeFirmware.class.getName(), ReplayedFirmware.class.getName(),
            CortexM.class.getName(), ReplayProcessor.class.getName(),
            SysTick.class.getName(), StoppedClock.class.getName());
    return build(board.withFirmwareRam(REPLAY_RAM), entries(board), substitutes, folder);
  }

  private static Firmware build(
      BoardType board, List<String> entries, Map<String, String> substitutes, Path folder) {
    if (!possible()) {
      throw new Refusal(
          "the compiler arm-none-eabi-gcc is not there",
          "type: sudo apt install gcc-arm-none-eabi");
    }
    try (TemporaryFolder work = new TemporaryFolder("dunlin-firmware")) {
      List<Firmware.ModuleSize> sizes = compileAndLink(board, entries, substitutes, work.path());
      FirmwareFiles files = FirmwareFiles.publish(board, work.path(), folder);
      return new Firmware(files.elf(), files.hex(), files.bin(), sizes);
    }
  }

  private static List<Firmware.ModuleSize> compileAndLink(
      BoardType board, List<String> entries, Map<String, String> substitutes, Path work) {
    try {
      make(board, entries, substitutes, work);
      return ModuleSizes.read(Files.readString(work.resolve("firmware.map")), board);
    } catch (IOException | RuntimeException e) { // TeaVM's and the tools' too
      if (Unwritable.lacksRoom(e)) {
        throw new Refusal(
            "there is no room for building firmware in " + work.getParent(),
            "make room, or name another folder: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
            e);
      }
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new UncheckedIOException((IOException) e);
    }
  }

  private static void make(
      BoardType board, List<String> entries, Map<String, String> substitutes, Path work)
      throws IOException {
    JavaToC.compile(entries, substitutes, work);
    Descriptors.trim(work.resolve("classes"));
    Sources.copy("kernels.h", work.resolve("include"));
    Sources.copy("cortexm.h", work.resolve("include"));
    Sources.copy("semihosting.h", work.resolve("include"));
    Sources.copy("replay.h", work.resolve("include"));
    Sources.copy("nobookkeeping.h", work);
    Sources.copy(CompilerOptions.ASSEMBLY, work);
    String startup = Sources.resource("startup.c") + CrcTableSource.text() + VectorTable.of(board);
    Files.writeString(work.resolve("startup.c"), startup);
    Files.writeString(work.resolve("board.ld"), LinkerScript.of(board, SettingsTable.of(board)));
    Toolchain tools = new Toolchain(work);
    List<String> objects = compile(board, work, tools);
    link(board, objects, tools);
  }

  private static List<String> compile(BoardType board, Path work, Toolchain tools)
      throws IOException {
    List<String> sources = new ArrayList<>(List.of("startup.c", CompilerOptions.ASSEMBLY));
    for (String compiled : COMPILED) {
      try (Stream<Path> files = Files.walk(work.resolve(compiled))) {
        files
            .map(file -> work.relativize(file).toString())
            .filter(file -> file.endsWith(".c"))
            .forEach(sources::add);
      }
    }
    sources.sort(Comparator.naturalOrder());
    // Where the sources lay is not part of the firmware.
    String folder = "-fdebug-prefix-map=" + work.toRealPath() + "=.";
    sources.parallelStream()
        .forEach(source -> tools.run("gcc", compilation(board, source, folder)));
    return sources.stream().map(CompilerOptions::object).toList();
  }

  private static List<String> compilation(BoardType board, String source, String folder) {
    List<String> arguments = new ArrayList<>(machine(board));
    arguments.addAll(CompilerOptions.of(source));
    arguments.addAll(List.of(folder, "-c", source, "-o", CompilerOptions.object(source)));
    return arguments;
  }

  private static void link(BoardType board, List<String> objects, Toolchain tools) {
    List<String> arguments = new ArrayList<>(machine(board));
    arguments.addAll(
        List.of(
            "--specs=nano.specs",
            "-nostartfiles",
            "-Wl,--gc-sections,--no-warn-rwx-segments,-Map=firmware.map",
            "-T",
            "board.ld"));
    arguments.addAll(objects);
    arguments.addAll(List.of("-o", "firmware.elf"));
    tools.run("gcc", arguments);
    tools.run("objcopy", List.of("-O", "ihex", "firmware.elf", "firmware.hex"));
    tools.run(
        "objcopy", List.of("-O", "binary", "--gap-fill", "0xff", "firmware.elf", "firmware.bin"));
  }

  /**
   * Floating point is left off: nothing uses it, and interrupts save fewer registers. Helium's
   * vectors lie in its registers, so where there is Helium, they are on.
   */
  private static List<String> machine(BoardType board) {
    String registers = board.weights() == BoardType.Weights.HELIUM ? "softfp" : "soft";
    return List.of("-mcpu=" + board.chip().cpu(), "-mthumb", "-mfloat-abi=" + registers);
  }
}
