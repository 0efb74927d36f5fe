package dunlin.host.reproduce;

import dunlin.host.plan.Schedule;
import java.util.List;

/** A block's figures beside those that the paper publishes, and those that follow from them. */
final class BlockFigures {
  /** Milliseconds on one chip: 26.1 times the published 0.54. */
  static final double SERIAL_MILLIS = 14.09;

  /** Millijoules on one chip: from the published 0.64, 26.1 and 27.2. */
  static final double SERIAL_MILLIJOULES = 0.667;

  private static final Published NONE = new Published(null, null, null, null);

  private static final Published ON_ONE =
      new Published(1.0, SERIAL_MILLIS, SERIAL_MILLIJOULES, 1.0);

  private static final Published ON_EIGHT = new Published(26.1, 0.54, 0.64, 27.2);

  /** 64 chips, the model with 64 heads. */
  private static final double SCALED_SPEEDUP = 60.1;

  private BlockFigures() {}

  /** What the paper has; null where it has nothing. */
  private record Published(Double speedup, Double millis, Double millijoules, Double gain) {}

  /** Of TinyLlama-42M. */
  static List<Figure> of(String model, Run run) {
    Setting setting = run.setting();
    Published paper = published(setting);
    Basis time = basis(setting, Basis.FITTED);
    Basis energy = basis(setting, Basis.PUBLISHED);
    double speedup = SERIAL_MILLIS / run.millis();
    double gain = speedup * SERIAL_MILLIJOULES / run.millijoules();
    return List.of(
        Figure.of(model + "speed-up", setting, paper.speedup(), speedup, time),
        Figure.of(model + "latency, ms", setting, paper.millis(), run.millis(), time),
        Figure.of(model + "energy, mJ", setting, paper.millijoules(), run.millijoules(), energy),
        Figure.of(model + "gain in energy × delay", setting, paper.gain(), gain, energy));
  }

  private static Published published(Setting setting) {
    if (setting.accounting() == Accounting.HONEST) {
      return NONE;
    }
    return switch (setting.chips()) {
      case 1 -> ON_ONE;
      case 8 -> ON_EIGHT;
      default -> NONE;
    };
  }

  /** Of one chip all is derived; and nothing was fitted to any other schedule than the paper's. */
  private static Basis basis(Setting setting, Basis onEight) {
    if (setting.accounting() == Accounting.HONEST || setting.schedule() != Schedule.MESSAGES) {
      return Basis.PREDICTED;
    }
    return switch (setting.chips()) {
      case 1 -> Basis.DERIVED;
      case 8 -> onEight;
      default -> Basis.PREDICTED;
    };
  }

  /** Of the model with 64 heads. */
  static List<Figure> ofScaled(String model, Run run) {
    Setting setting = run.setting();
    boolean published = setting.chips() == 64 && setting.accounting() == Accounting.PAPER;
    double speedup = SERIAL_MILLIS / run.millis();
    return List.of(
        Figure.of(
            model + "speed-up",
            setting,
            published ? SCALED_SPEEDUP : null,
            speedup,
            Basis.PREDICTED),
        Figure.of(model + "energy, mJ", setting, null, run.millijoules(), Basis.PREDICTED));
  }
}
