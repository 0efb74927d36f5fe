package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.aot.KernelLibrary.Core;
import dunlin.boards.qemu.QemuBoards;
import dunlin.boards.qemu.QemuRun;
import dunlin.boards.sni.ManagedNode;
import dunlin.boards.sni.MicroEjBuild;
import dunlin.firmware.Request;
import dunlin.host.compile.Compiler;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kernel library and the natives of SNI, on the cores that they are for, give the JVM's bits.
 */
@Tag("slow")
class SniQemuTest {
  private static final Path PORT = Path.of("../boards/microej/c").toAbsolutePath().normalize();

  @ParameterizedTest
  @CsvSource({"M4, mps2-an386", "M7, mps2-an500"})
  void shouldComputeWhatTheJvmComputes(Core core, String machine) throws Throwable {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "rig qemu: sudo apt install qemu-system-arm");
    if (KernelTape.size() == 0) {
      record(DesktopSni.built());
    }
    Path folder =
        Files.createDirectories(Path.of("target", "sni-qemu", core.name()).toAbsolutePath());
    MicroEjBuild.build(folder);
    Path program = link(core, folder);
    try (QemuRun run = new QemuRun(BoardTypes.named(machine).chip(), program, new byte[4])) {
      List<String> lines = run.written(0).lines().toList();
      assertEquals(List.of(), lines.stream().filter(line -> line.startsWith("wrong")).toList());
      assertEquals(KernelTape.size(), lines.size());
    }
  }

  /**
   * Has a decoder pick tokens in every way, and an encoder classify; the rest is called by hand.
   */
  private static void record(DesktopSni sni) throws Throwable {
    FloatModel model =
        RandomModel.of(new LlamaConfig(18, 43, 2, 6, 3, 6, 64, 12, 1e-5, 10_000), false, 1);
    List<int[]> texts = List.of(new int[] {1, 5, 60, 7, 33, 2, 9, 11, 12, 3, 4, 8});
    Calibration calibration = Calibration.measure(model, texts, tokens -> {});
    Plan decoder = plan(Quantiser.quantise(Equalisation.apply(model, calibration)));
    Coordinator coordinator = coordinator(sni, decoder);
    Generator generator = new Generator(coordinator, coordinator.hello());
    generator.feed(new int[] {1, 5, 9}, Request.SAMPLE, Sampling.GREEDY);
    generator.feed(new int[] {2}, Request.SAMPLE, Sampling.of(1, 0, 5));
    generator.feed(new int[] {3}, Request.SAMPLE, Sampling.of(0.8, 5, 1));
    QuantisedEncoder encoder = SmallEncoder.quantised();
    Coordinator root = coordinator(sni, plan(encoder));
    new Classifier(root, root.hello()).classify(SmallEncoder.input(encoder));
    byte[] bytes = new byte[256];
    new Random(1).nextBytes(bytes);
    byte[] more = bytes.clone();
    KernelTape.call("partialSumsAdd", new Object[] {bytes, 8, 3, more, 16, 10});
    KernelTape.call("partialSumsPack", new Object[] {bytes, 8, more, 16, 3, 10});
    KernelTape.call("topKMerge", new Object[] {bytes, 8, 4, more, 16, 4});
    KernelTape.call("affineRows", new Object[] {bytes, 0, more, 128, new byte[64], 8, 2, 6, 15});
    KernelTape.call("embeddingAdd", new Object[] {bytes, 0, 1, 1 << 20, 3, 2, more, 16, 18});
    KernelTape.call("noNormRows", new Object[] {bytes, 0, more, 128, 2, 6, 4});
    KernelTape.call("embeddingCopy", new Object[] {bytes, 0, 1, 2, more, 16, 18});
    assertEquals(List.of(), KernelTape.missing());
  }

  private static Coordinator coordinator(DesktopSni sni, Plan plan) {
    byte[] image = Compiler.compile(plan).get(0).bytes();
    KernelTape.begin(sni.node(), image);
    Map<String, byte[]> files = new TreeMap<>(sni.node().classFiles());
    files.put(ManagedNode.NATIVES + ".class", KernelTape.classFile(sni.node()));
    ManagedDesk desk = ManagedLoader.desk(sni, files);
    desk.boot(image);
    return new Coordinator(new ManagedConsole(desk, () -> {}));
  }

  private static Plan plan(QuantisedModel network) {
    return Planner.plan(network, BoardTypes.named(DesktopSni.BOARD), PlanOptions.DEFAULT);
  }

  /** They need a chip: that they compile is all that is known of them here. */
  private static void compileDrivers(Core core, Path folder) throws IOException {
    List<String> arguments = new ArrayList<>(core.options());
    String config = "-I" + PORT.resolveSibling("vee-port");
    arguments.addAll(List.of("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", config, "-I."));
    arguments.addAll(List.of("-c", PORT + "/dunlin_stm32.c", PORT + "/dunlin_port.c"));
    DesktopSni.run("arm-none-eabi-gcc", arguments, folder);
  }

  private static Path link(Core core, Path folder) throws IOException {
    for (String name : List.of("sni.h", "cortexm.ld")) {
      Files.writeString(folder.resolve(name), DesktopSni.source(name));
    }
    Files.writeString(folder.resolve("dunlin_config.h"), DesktopSni.config());
    Files.writeString(folder.resolve("main.c"), DesktopSni.source("cortexm.c") + KernelTape.text());
    List<String> arguments = new ArrayList<>(core.options());
    arguments.addAll(
        List.of(
            "-std=gnu11",
            "-O1",
            "-Wall",
            "-Werror",
            "-I.",
            "-Iinclude",
            "-I" + PORT,
            "--specs=nano.specs",
            "-nostartfiles",
            "-T",
            "cortexm.ld",
            "-Wl,--gc-sections",
            "main.c",
            "src/dunlin_sni.c",
            "lib/libdunlin-" + core.name().toLowerCase(Locale.ROOT) + ".a",
            "-o",
            "sni.elf"));
    DesktopSni.run("arm-none-eabi-gcc", arguments, folder);
    compileDrivers(core, folder);
    return folder.resolve("sni.elf");
  }
}
