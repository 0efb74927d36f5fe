package dunlin.boards.aot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What gcc is told for each source. */
final class CompilerOptions {
  /** The inner loop of linear layers and attention. */
  static final String ASSEMBLY = "rowpair.S";

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

  private CompilerOptions() {}

  /** Everything but the processor, and where sources and objects are. */
  static List<String> of(String source) {
    List<String> options = new ArrayList<>();
    if (!source.equals(ASSEMBLY)) {
      options.addAll(LANGUAGE);
    }
    if (!source.startsWith("classes/dunlin/firmware/")) {
      options.addAll(KERNELS);
    }
    if (SELDOM.stream().anyMatch(source::startsWith)) {
      options.add("-Os");
    }
    if (HOT.contains(source)) {
      options.addAll(UNROLLED);
    }
    return options;
  }

  /** The object of a source. */
  static String object(String source) {
    return source.substring(0, source.length() - 1) + "o";
  }
}
