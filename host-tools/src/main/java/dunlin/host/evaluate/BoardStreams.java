package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.compile.TapPoint;
import dunlin.host.model.EncoderInput;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.EncoderPass;
import dunlin.host.run.PassResult;
import java.util.ArrayList;
import java.util.List;

/** What boards have of an encoder's residual stream. */
final class BoardStreams {
  private BoardStreams() {}

  /** The streams behind the blocks of a model on one board, row after row. */
  static List<double[]> behind(QuantisedEncoder quantised, BoardType board, EncoderInput input) {
    Plan plan = Planner.plan(quantised, board, new PlanOptions(0, 0, null, Inspection.TAPS));
    List<NodeImage> images = Compiler.compile(plan);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    PassResult result = new EncoderPass(classifier, quantised, plan.context()).of(input);
    TapReader reader = new TapReader(images.get(0).taps(), result.taps());
    List<double[]> streams = new ArrayList<>();
    for (TapPoint point : images.get(0).taps()) {
      if (point.layer() >= 0) {
        streams.add(rows(reader, point, result.taps().get(point.number()).length));
      }
    }
    return streams;
  }

  private static double[] rows(TapReader reader, TapPoint point, int bytes) {
    int rows = bytes / point.rowBytes();
    double[] values = new double[rows * point.count()];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(reader.row(point, row), 0, values, row * point.count(), point.count());
    }
    return values;
  }
}
