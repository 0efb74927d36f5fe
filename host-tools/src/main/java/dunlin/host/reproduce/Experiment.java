package dunlin.host.reproduce;

import dunlin.host.compile.Layout;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Passes of a model of some shape, in virtual time, on flocks of the paper's chip. */
final class Experiment {
  private static final List<Double> ROOT_SHARES = List.of(1.0, 0.95, 0.9);

  private final QuantisedModel model;
  private final int context;

  private Experiment(QuantisedModel model, int context) {
    this.model = model;
    this.context = context;
  }

  /**
   * With random weights, on which neither time nor energy depends.
   *
   * @param context positions that the caches hold
   */
  static Experiment of(LlamaConfig shape, int context) {
    FloatModel model = RandomModel.of(shape, true, 42);
    List<int[]> texts = List.of(new int[] {1, 2, 3, 4});
    Calibration calibration = Calibration.measure(model, texts, tokens -> {});
    return new Experiment(Quantiser.quantise(Equalisation.apply(model, calibration)), context);
  }

  /** A block in the middle, of the pass of the last token of the context. */
  Run block(Setting setting) {
    return new Run(setting, decoding(setting).blocks(middle()), 1);
  }

  /** All blocks of that pass: of some the weights may stay on the chip. */
  Run blocks(Setting setting) {
    int layers = model.config().layers();
    return new Run(setting, decoding(setting).blocks(new Slice(0, layers)), layers);
  }

  /** That pass, embedding and head included. */
  Run token(Setting setting) {
    return new Run(setting, decoding(setting).pass(), 1);
  }

  /** A block in the middle, of the pass of a whole prompt. */
  Run prompt(Setting setting, int rows) {
    Plan plan = plan(setting, rows);
    int owner = Rehearsal.farthestOwner(plan);
    Rehearsal rehearsal = Rehearsal.prompt(plan, new Layout(plan), rows, owner);
    return new Run(setting, rehearsal.blocks(middle()), 1);
  }

  /** All blocks, the fastest way that Dunlin knows. */
  Run best(int chips, Accounting accounting) {
    return Stream.of(Schedule.FLOWING, Schedule.OVERLAPPED)
        .flatMap(
            schedule -> ROOT_SHARES.stream().map(s -> new Setting(chips, accounting, schedule, s)))
        .map(this::blocks)
        .min(Comparator.comparingDouble(Run::millis))
        .orElseThrow();
  }

  private Slice middle() {
    return new Slice(model.config().layers() / 2, 1);
  }

  private Rehearsal decoding(Setting setting) {
    Plan plan = plan(setting, 1);
    int owner = Rehearsal.farthestOwner(plan);
    return Rehearsal.decoding(plan, new Layout(plan), context - 1, owner);
  }

  private Plan plan(Setting setting, int chunk) {
    List<Double> shares = new ArrayList<>(Collections.nCopies(setting.chips(), 1.0));
    shares.set(0, setting.rootShare());
    PlanOptions options =
        new PlanOptions(context, chunk, null, Inspection.NONE)
            .split(shares, Topology.TREE)
            .with(setting.schedule());
    return Planner.plan(model, setting.accounting().board(), options);
  }
}
