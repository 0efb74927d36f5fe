package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.vector;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Nonlinearity;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Frames;
import java.util.ArrayList;
import java.util.List;

/**
 * A front end of convolutions, before the stream has its fixed point.
 *
 * @param tokens the last of them
 */
record FramesDraft(double[] inputSteps, List<Activated> frontEnd, SumRows tokens)
    implements StartDraft {

  static FramesDraft of(EncoderModel model, EncoderCalibration calibration) {
    EncoderConfig config = model.config();
    double[] inputSteps =
        vector(
            config.channels(), i -> ActivatedRows.step(Math.max(calibration.input()[i], 0x1p-20)));
    List<Activated> frontEnd = new ArrayList<>();
    double[] steps = inputSteps;
    for (int i = 0; i < config.frontEnd().size() - 1; i++) {
      Linear linear = model.frontEnd().get(i);
      ActivatedRows layer =
          ActivatedRows.of(
              model.name(),
              "front end " + i,
              linear,
              tiled(steps, linear),
              QuantisedEncoder.HIDDEN_BITS,
              calibration.frontEnd().get(i));
      frontEnd.add(layer.layer());
      steps = new double[] {layer.step()};
    }
    return new FramesDraft(inputSteps, frontEnd, tokens(model, steps));
  }

  /** The convolution that makes tokens. */
  private static SumRows tokens(EncoderModel model, double[] steps) {
    int last = model.config().frontEnd().size() - 1;
    if (model.config().frontEnd().get(last).activation() != Nonlinearity.NONE) {
      throw new Refusal(
          model.name() + ": an activation behind the last convolution",
          "give the layer that makes tokens the activation none");
    }
    Linear linear = model.frontEnd().get(last);
    return SumRows.of(
        model.name(),
        "front end " + last,
        linear,
        tiled(steps, linear),
        QuantisedEncoder.HIDDEN_BITS);
  }

  /** The steps of an input's channels, frame after frame. */
  private static double[] tiled(double[] steps, Linear linear) {
    return vector(linear.weight().columns(), i -> steps[i % steps.length]);
  }

  @Override
  public int mostFraction() {
    return tokens.mostFraction();
  }

  @Override
  public Frames at(int fraction) {
    return new Frames(inputSteps, frontEnd, tokens.at(fraction));
  }
}
