package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.firmware.Request;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.compile.TapPoint;
import dunlin.host.model.Activation;
import dunlin.host.model.FloatModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.PassResult;
import dunlin.host.run.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every intermediate of the integer model beside the oracle's, both fed the same text; errors add
 * up from op to op, as they do in use.
 *
 * @param ops in the program's order
 */
public record LayerComparison(List<OpError> ops) {
  /** Below this cosine an intermediate is called diverged. */
  public static final double DIVERGED = 0.99;

  /**
   * One intermediate, over all positions.
   *
   * @param layer from 0; -1 for what the model has once
   * @param what the intermediate
   * @param cosine of all its values with the oracle's
   * @param worstCosine of one position
   * @param worstPosition that position
   * @param maxError largest difference
   * @param maxMagnitude largest magnitude of the oracle's values
   */
  public record OpError(
      int layer,
      Activation what,
      double cosine,
      double worstCosine,
      int worstPosition,
      double maxError,
      double maxMagnitude) {}

  /** The first intermediate whose cosine over all positions is below {@link #DIVERGED}. */
  public Optional<OpError> firstDivergence() {
    return ops.stream().filter(op -> op.cosine() < DIVERGED).findFirst();
  }

  /**
   * Compares on one text.
   *
   * @param model the float model that was quantised, equalised
   * @param sequence its tokens
   */
  public static LayerComparison of(
      FloatModel model, QuantisedModel quantised, BoardType board, int[] sequence) {
    PlanOptions options = new PlanOptions(sequence.length, 1, null, Inspection.TAPS);
    Plan plan = Planner.plan(quantised, board, options);
    List<NodeImage> images = Compiler.compile(plan);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    Generator generator = new Generator(coordinator, coordinator.hello());
    Map<Place, double[]> exact = new HashMap<>();
    Oracle oracle =
        new Oracle(
            model,
            (layer, what, position, values) -> exact.put(new Place(layer, what), values.clone()));
    List<TapPoint> points = new TapReader(images.get(0).taps(), List.of()).activations();
    List<Sums> sums = points.stream().map(Sums::new).toList();
    for (int position = 0; position < sequence.length; position++) {
      oracle.forward(sequence[position], position);
      PassResult result =
          generator.feed(
              Arrays.copyOfRange(sequence, position, position + 1),
              Request.SAMPLE,
              Sampling.GREEDY);
      TapReader reader = new TapReader(images.get(0).taps(), result.taps());
      for (int i = 0; i < points.size(); i++) {
        TapPoint point = points.get(i);
        double[] expected = exact.get(new Place(point.layer(), point.what()));
        sums.get(i).add(position, expected, reader.row(point, 0));
      }
    }
    List<OpError> ops = new ArrayList<>();
    sums.forEach(s -> ops.add(s.error()));
    return new LayerComparison(ops);
  }

  private record Place(int layer, Activation what) {}

  /** Products of one intermediate with the oracle's. */
  private static final class Sums {
    private final TapPoint point;
    private double cross;
    private double exactSquares;
    private double squares;
    private double worstCosine = 1;
    private int worstPosition;
    private double maxError;
    private double maxMagnitude;

    Sums(TapPoint point) {
      this.point = point;
    }

    void add(int position, double[] exact, double[] values) {
      double rowCross = 0;
      double rowExact = 0;
      double row = 0;
      for (int i = 0; i < exact.length; i++) {
        rowCross += exact[i] * values[i];
        rowExact += exact[i] * exact[i];
        row += values[i] * values[i];
        maxError = Math.max(maxError, Math.abs(exact[i] - values[i]));
        maxMagnitude = Math.max(maxMagnitude, Math.abs(exact[i]));
      }
      double cosine = cosine(rowCross, rowExact, row);
      if (cosine < worstCosine) {
        worstCosine = cosine;
        worstPosition = position;
      }
      cross += rowCross;
      exactSquares += rowExact;
      squares += row;
    }

    OpError error() {
      return new OpError(
          point.layer(),
          point.what(),
          cosine(cross, exactSquares, squares),
          worstCosine,
          worstPosition,
          maxError,
          maxMagnitude);
    }

    private static double cosine(double cross, double a, double b) {
      return a == 0 && b == 0 ? 1 : a == 0 || b == 0 ? 0 : cross / Math.sqrt(a * b);
    }
  }
}
