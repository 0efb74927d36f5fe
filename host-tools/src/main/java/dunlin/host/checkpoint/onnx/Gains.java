package dunlin.host.checkpoint.onnx;

import dunlin.host.model.EncoderModel.Norm;

/** Gain and bias of a norm. */
record Gains(double[] gain, double[] bias) {
  Norm norm(String name) {
    return new Norm(Weights.row(name + ".gain", gain), Weights.row(name + ".bias", bias));
  }
}
