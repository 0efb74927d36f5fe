package dunlin.host.reproduce;

import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.flock.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * "Optimizing the Deployment of Tiny Transformers on Low-Power MCUs" (arXiv 2404.02945): its
 * figures, and Dunlin's of the same networks. docs/papers.md explains where they differ.
 */
public final class TinyPaper {
  /** A Cortex-M4 and a Cortex-M7, the cores of the paper's STM32L4 and STM32H7. */
  private static final List<String> CORES = List.of("stm32f405", "mps2-an500");

  private TinyPaper() {}

  /** What is missing to count instructions, and how to get it; nothing where nothing is. */
  public static List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!FirmwareBuild.possible()) {
      missing.add("the compiler arm-none-eabi-gcc (sudo apt install gcc-arm-none-eabi)");
    }
    if (!QemuBoards.installed()) {
      missing.add("the emulator qemu-system-arm (sudo apt install qemu-system-arm)");
    }
    return missing;
  }

  /** All figures; those of instructions, unless something is {@link #missing} for them. */
  public static List<TinyFigure> figures(Progress progress) {
    List<String> cores = missing().isEmpty() ? CORES : List.of();
    int steps = TinyNetwork.ALL.size() + cores.size();
    return progress.during("networks and cores", steps, step -> figures(cores, step));
  }

  /**
   * Those of all networks, and of instructions on the given cores.
   *
   * @param step is given the number of networks and cores done
   */
  static List<TinyFigure> figures(List<String> cores, IntConsumer step) {
    List<TinyFigure> figures = new ArrayList<>(tiling(step));
    TinyNetwork.ALL.forEach(network -> figures.addAll(FusingFigures.of(network)));
    List<LayerMeasurements> measured = new ArrayList<>();
    for (String core : cores) {
      measured.add(LayerMeasurements.on(core));
      step.accept(TinyNetwork.ALL.size() + measured.size());
    }
    measured.forEach(core -> figures.addAll(FusingFigures.measured(core)));
    measured.forEach(core -> figures.addAll(SpeedFigures.measured(core)));
    figures.addAll(SpeedFigures.published());
    return figures;
  }

  private static List<TinyFigure> tiling(IntConsumer step) {
    List<TinyFigure> figures = new ArrayList<>();
    for (int i = 0; i < TinyNetwork.ALL.size(); i++) {
      figures.addAll(TilingFigures.of(TinyNetwork.ALL.get(i)));
      step.accept(i + 1);
    }
    figures.addAll(TilingFigures.best(figures));
    return figures;
  }
}
