package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Source.Operation;
import java.util.Arrays;
import java.util.Optional;

/** Products that stand for more than a product: norms, SiLU, GELU, powers. */
final class Idioms {
  private static final double CUBIC = 0.044715; // of GELU's approximation; Nonlinearity.GELU_TANH
  private static final double ROOT_2_PI = Math.sqrt(2 / Math.PI);

  private Idioms() {}

  /** Of two that depend on the input. */
  static Traced product(Call call, Traced a, Traced b) {
    return either(call, a, b)
        .or(() -> either(call, b, a))
        .orElseGet(
            () -> {
              Traced left = (Traced) Moves.expanded(call, a, b.dims());
              Traced right = (Traced) Moves.expanded(call, b, left.dims());
              return a.same(b)
                  ? call.makes(Operation.SQUARE, 0, a.dims(), a)
                  : call.makes(Operation.PRODUCT, 0, left.dims(), left, right);
            });
  }

  private static Optional<Traced> either(Call call, Traced x, Traced factor) {
    return switch (factor.source().operation()) {
      case RECIPROCAL -> norm(call, x, factor);
      case SIGMOID -> of(call, Operation.SILU, x, factor);
      case SQUARE -> of(call, Operation.CUBE, x, factor);
      case ERF -> geluByErf(call, x, factor);
      case TANH -> geluByTanh(call, x, factor);
      default -> Optional.empty();
    };
  }

  /** x · f(x), where the factor is f(x). */
  private static Optional<Traced> of(Call call, Operation operation, Traced x, Traced factor) {
    return factor.plain() && factor.source().traced(0).same(x)
        ? Optional.of(call.makes(operation, 0, x.dims(), x))
        : Optional.empty();
  }

  /** x · 1/√(mean(x²) + ε). */
  private static Optional<Traced> norm(Call call, Traced x, Traced reciprocal) {
    Traced root = reciprocal.source().traced(0);
    if (!reciprocal.plain() || !root.source().is(Operation.ROOT) || !root.plain()) {
      return Optional.empty();
    }
    Traced variance = root.source().traced(0);
    if (!variance.source().is(Operation.MEAN) || !Tolerance.near(variance.scale(), 1)) {
      return Optional.empty();
    }
    Traced square = variance.source().traced(0);
    double epsilon = variance.shift();
    boolean ofX =
        square.source().is(Operation.SQUARE)
            && square.plain()
            && square.source().traced(0).same(x)
            && epsilon >= 0;
    if (!ofX) {
      return Optional.empty();
    }
    boolean centred = x.source().is(Operation.CENTRED) && x.plain();
    return Optional.of(
        centred
            ? call.makes(Operation.LAYER_NORM, epsilon, x.dims(), x.source().traced(0))
            : call.makes(Operation.RMS_NORM, epsilon, x.dims(), x));
  }

  /** a·x · (b + b·erf(x/√2)) = 2ab · GELU(x). */
  private static Optional<Traced> geluByErf(Call call, Traced scaled, Traced factor) {
    Traced inner = factor.source().traced(0);
    if (inner.size() == 0 || scaled.size() != inner.size()) {
      return Optional.empty();
    }
    double a = scaled.factor(0, 0) / (inner.factor(0, 0) * Math.sqrt(2));
    return scaled.is(a * Math.sqrt(2), inner)
        ? gelu(call, Operation.GELU_ERF, scaled, a, factor)
        : Optional.empty();
  }

  /** a·x · (b + b·tanh(√(2/π)·(x + 0.044715·x³))) = 2ab · GELU(x). */
  private static Optional<Traced> geluByTanh(Call call, Traced scaled, Traced factor) {
    Traced inner = factor.source().traced(0);
    if (!Tolerance.near(inner.scale(), ROOT_2_PI) || inner.offset() != null) {
      return Optional.empty();
    }
    for (int i = 0;
        i < inner.source().inputs().size() && inner.source().inputs().size() == 2;
        i++) {
      Traced linear = inner.source().traced(i);
      Traced cubic = inner.source().traced(1 - i);
      boolean sum =
          inner.source().is(Operation.SUM)
              && cubic.source().is(Operation.CUBE)
              && cubic.offset() == null;
      boolean product =
          inner.source().is(Operation.PRODUCT)
              && cubic.source().is(Operation.SQUARE)
              && Tolerance.near(cubic.shift(), 1);
      if ((sum || product) && Tolerance.near(cubic.scale(), CUBIC)) {
        Traced x = cubic.source().traced(0);
        double a = scaled.factor(0, 0) / x.factor(0, 0);
        if (linear.same(x) && scaled.is(a, x)) {
          return gelu(call, Operation.GELU_TANH, scaled, a, factor);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Traced> gelu(
      Call call, Operation operation, Traced scaled, double a, Traced factor) {
    double b = factor.scale();
    if (!Tolerance.near(factor.shift(), b)) {
      return Optional.empty();
    }
    Traced x = Tolerance.near(a, 1) ? scaled : scaled.times(filled(scaled, 1 / a));
    Traced gelu = call.makes(operation, 0, x.dims(), x);
    return Optional.of(Tolerance.near(2 * a * b, 1) ? gelu : gelu.times(filled(gelu, 2 * a * b)));
  }

  private static double[] filled(Traced traced, double value) {
    double[] all = new double[traced.size()];
    Arrays.fill(all, value);
    return all;
  }
}
