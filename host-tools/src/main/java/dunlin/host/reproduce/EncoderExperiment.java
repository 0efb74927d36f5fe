package dunlin.host.reproduce;

import dunlin.host.compile.Layout;
import dunlin.host.compile.Workload;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Inputs of a text encoder of some shape, in virtual time, on flocks of the paper's chip.
 *
 * @param tokens of an input
 */
record EncoderExperiment(QuantisedEncoder model, int tokens) {
  /**
   * With random weights, on which neither time nor energy depends.
   *
   * @param tokens of an input, at most as many as the shape has positions
   */
  static EncoderExperiment of(EncoderConfig shape, int tokens) {
    EncoderModel model = RandomEncoder.of("random", shape, 42);
    List<TokenSequence> texts =
        List.of(new TokenSequence("calibration", new int[] {1, 2, 3, 4}, new int[4]));
    EncoderCalibration calibration = EncoderCalibration.measure(model, texts, done -> {});
    return new EncoderExperiment(
        EncoderQuantiser.quantise(model, calibration, Fusing.NEVER), tokens);
  }

  /** A whole input, embedding and head included, and the mean of its blocks. */
  Timing input(Setting setting) {
    Plan plan = plan(setting);
    Rehearsal rehearsal = Rehearsal.classifying(plan, new Layout(plan));
    int layers = model.config().layers();
    return new Timing(
        new Run(setting, rehearsal.pass(), 1),
        new Run(setting, rehearsal.blocks(new Slice(0, layers)), layers));
  }

  /**
   * What an input takes.
   *
   * @param whole of it
   * @param block the mean of its blocks
   */
  record Timing(Run whole, Run block) {}

  /**
   * How often a block has a broadcast and a sum of what all chips made of it: the sum may go in
   * parts, so broadcasts count.
   */
  int synchronisations(Setting setting) {
    Layout layout = new Layout(plan(setting));
    Workload root = layout.silentImages().get(0).work();
    return (int)
        IntStream.range(0, root.ops())
            .filter(op -> root.layer(op) == 0 && root.name(op).equals("broadcast"))
            .count();
  }

  private Plan plan(Setting setting) {
    PlanOptions options =
        PlanOptions.DEFAULT
            .withContext(tokens)
            .nodes(setting.chips(), Topology.TREE)
            .with(setting.schedule());
    return Planner.plan(model, setting.accounting().board(), options);
  }
}
