package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.bench.ReplayProcessor;
import dunlin.boards.bench.ReplayedFirmware;
import dunlin.boards.bench.StoppedClock;
import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Interrupts;
import dunlin.boards.cortexm.SysTick;
import dunlin.firmware.NodeFirmware;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** The inner loop of linear layers and attention. */
  private static final String ASSEMBLY = "rowpair.S";

  /** What C leaves undefined and Java does not; and a section for each function, for the linker. */
  private static final List<String> LANGUAGE =
      List.of(
          "-std=gnu11",
          "-O2",
          "-fwrapv",
          "-fno-strict-aliasing",
          "-fno-delete-null-pointer-checks",
          "-ffunction-sections",
          "-fdata-sections",
          "-g", // for Symbols: nothing of it is flashed
          "-Werror=sequence-point",
          "-D__PSP__", // TeaVM's only switch for "no operating system"
          "-iquote",
          ".",
          "-I",
          "include",
          "-include",
          "nobookkeeping.h");

  /** Kernels have loops whose registers gcc's first scheduler would spill. */
  private static final List<String> KERNELS = List.of("-fno-schedule-insns");

  /**
   * Most of this runs once, at boot, or seldom: drivers, what is said of a node, and what an
   * encoder does a few times a layer.
   */
  private static final List<String> SELDOM =
      Stream.of(
              "boards/stm32",
              "boards/cortexm/CortexMBoard",
              "boards/cortexm/LastTrap",
              "boards/cortexm/SysTick",
              "firmware/EncoderOps",
              "firmware/Image",
              "firmware/Links",
              "firmware/Loader",
              "firmware/Node",
              "firmware/Request",
              "firmware/Sender",
              "kernels/LayerNorm",
              "kernels/MeanPooling",
              "kernels/SelfAttention")
          .map(name -> "classes/dunlin/" + name)
          .toList();

  /** In these a token spends its time. */
  private static final Set<String> HOT =
      Stream.of(
              "kernels/DynamicInt8",
              "kernels/LinearDsp",
              "kernels/PartialSums",
              "kernels/Requantise",
              "kernels/Residual",
              "kernels/RmsNorm",
              "kernels/Scores",
              "kernels/Softmax",
              "kernels/SoftmaxInt16",
              "kernels/ValueWeights")
          .map(name -> "classes/dunlin/" + name + ".c")
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Unrolled, a loop counts and branches once for two or four times its body; increments within an
   * address would take that back.
   */
  private static final List<String> UNROLLED =
      List.of("-fno-auto-inc-dec", "-funroll-loops", "--param", "max-unroll-times=4");

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
      if (Stream.iterate(e, Objects::nonNull, Throwable::getCause)
          .anyMatch(FirmwareBuild::isFull)) {
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

  private static boolean isFull(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("No space left on device");
  }

  private static void make(
      BoardType board, List<String> entries, Map<String, String> substitutes, Path work)
      throws IOException {
    JavaToC.compile(entries, substitutes, work);
    Descriptors.trim(work.resolve("classes"));
    copy("cortexm.h", work.resolve("include"));
    copy("semihosting.h", work.resolve("include"));
    copy("replay.h", work.resolve("include"));
    copy("nobookkeeping.h", work);
    copy(ASSEMBLY, work);
    String startup = resource("startup.c") + CrcTableSource.text() + VectorTable.of(board);
    Files.writeString(work.resolve("startup.c"), startup);
    Files.writeString(work.resolve("board.ld"), LinkerScript.of(board, SettingsTable.of(board)));
    Toolchain tools = new Toolchain(work);
    List<String> objects = compile(board, work, tools);
    link(board, objects, tools);
  }

  private static List<String> compile(BoardType board, Path work, Toolchain tools)
      throws IOException {
    List<String> sources = new ArrayList<>(List.of("startup.c", ASSEMBLY));
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
    return sources.stream().map(FirmwareBuild::object).toList();
  }

  private static List<String> compilation(BoardType board, String source, String folder) {
    List<String> arguments = new ArrayList<>(machine(board));
    if (!source.equals(ASSEMBLY)) {
      arguments.addAll(LANGUAGE);
    }
    arguments.add(folder);
    if (!source.startsWith("classes/dunlin/firmware/")) {
      arguments.addAll(KERNELS);
    }
    if (SELDOM.stream().anyMatch(source::startsWith)) {
      arguments.add("-Os");
    }
    if (HOT.contains(source)) {
      arguments.addAll(UNROLLED);
    }
    arguments.addAll(List.of("-c", source, "-o", object(source)));
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

  private static String object(String source) {
    return source.substring(0, source.length() - 1) + "o";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = FirmwareBuild.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static void copy(String name, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    Files.writeString(folder.resolve(name), resource(name));
  }
}
