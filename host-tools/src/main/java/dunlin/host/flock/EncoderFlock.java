package dunlin.host.flock;

import dunlin.host.compile.Compiler;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.Classifier;
import dunlin.host.run.EncoderPass;
import dunlin.host.run.Meter;
import dunlin.host.run.PassResult;
import java.util.Arrays;
import java.util.List;

/**
 * A flock that classifies as one model: features or text in, labels out. Not for several threads.
 */
public final class EncoderFlock implements AutoCloseable {
  private final LiveBoards boards;
  private final QuantisedEncoder model;
  private final Classifier classifier;
  private final EncoderPass pass;

  private EncoderFlock(LiveBoards boards, QuantisedEncoder model) {
    this.boards = boards;
    this.model = model;
    classifier = new Classifier(boards.coordinator(), boards.root());
    pass = new EncoderPass(classifier, model, boards.root().maxRows());
  }

  /** A flock of boards that hold an encoder; closing it closes them. */
  public static EncoderFlock of(LiveBoards boards, QuantisedEncoder model) {
    return new EncoderFlock(boards, model);
  }

  /**
   * Emulated boards, wired and flashed as {@code plan}, of an encoder, says.
   *
   * @throws dunlin.boards.Refusal if something does not fit a board
   */
  public static EncoderFlock emulate(Plan plan) {
    return of(LiveBoards.emulate(plan, Compiler.compile(plan)), (QuantisedEncoder) plan.model());
  }

  /**
   * Classifies an input.
   *
   * @throws dunlin.boards.Refusal if it has another shape than the model takes, or a node is lost
   */
  public Classification classify(EncoderInput input) {
    Reading reading = read(input);
    String label = model.config().labels().get(reading.best());
    List<Double> logits = Arrays.stream(reading.logits()).boxed().toList();
    return new Classification(input.name(), label, logits, reading.effort());
  }

  /**
   * Reads an input: all logits.
   *
   * @throws dunlin.boards.Refusal as {@link #classify}
   */
  public Reading read(EncoderInput input) {
    Meter meter = boards.meter();
    long bytes = meter.wireBytes();
    long nanoseconds = meter.nanoseconds();
    long hostNanoseconds = System.nanoTime();
    PassResult result = pass.of(input);
    Effort effort =
        new Effort(
            input instanceof TokenSequence text ? text.tokens().length : model.config().context(),
            meter.wireBytes() - bytes,
            meter.nanoseconds() - nanoseconds,
            (System.nanoTime() - hostNanoseconds) / 1e9);
    double[] logits =
        Arrays.stream(result.logits())
            .mapToDouble(logit -> Math.scalb((double) logit, -QuantisedModel.LOGIT_FRACTION))
            .toArray();
    return new Reading(logits, result.token(), effort);
  }

  /** How often the flock was lost in the middle of an input, and brought back. */
  public int rejoins() {
    return classifier.rejoins();
  }

  /** Powers the boards down. */
  @Override
  public void close() {
    boards.close();
  }
}
