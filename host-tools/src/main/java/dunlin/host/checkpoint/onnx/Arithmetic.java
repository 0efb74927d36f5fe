package dunlin.host.checkpoint.onnx;

import static java.util.Map.entry;

import dunlin.host.checkpoint.onnx.Source.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The operators on single elements. */
final class Arithmetic {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Add", binary(Double::sum, Arithmetic::add)),
          entry("Sub", binary((a, b) -> a - b, Arithmetic::subtract)),
          entry("Mul", binary((a, b) -> a * b, Arithmetic::multiply)),
          entry("Div", binary((a, b) -> a / b, Arithmetic::divide)),
          entry("Pow", binary(Math::pow, Arithmetic::power)),
          entry("Min", known(Math::min)),
          entry("Max", known(Math::max)),
          entry("Mod", known((a, b) -> a % b)),
          entry("Equal", known((a, b) -> truth(a == b))),
          entry("Greater", known((a, b) -> truth(a > b))),
          entry("GreaterOrEqual", known((a, b) -> truth(a >= b))),
          entry("Less", known((a, b) -> truth(a < b))),
          entry("LessOrEqual", known((a, b) -> truth(a <= b))),
          entry("And", known((a, b) -> truth(a != 0 && b != 0))),
          entry("Or", known((a, b) -> truth(a != 0 || b != 0))),
          entry("Not", known(a -> truth(a == 0))),
          entry("Floor", known(Math::floor)),
          entry("Cos", known(Math::cos)),
          entry("Sin", known(Math::sin)),
          entry("Exp", known(Math::exp)),
          entry("Log", known(Math::log)),
          entry("Abs", known(Math::abs)),
          entry("Neg", unary(a -> -a, call -> negated(call.traced(0)))),
          entry("Sqrt", unary(Math::sqrt, makes(Operation.ROOT))),
          entry("Reciprocal", unary(a -> 1 / a, makes(Operation.RECIPROCAL))),
          entry("Sigmoid", unary(a -> 1 / (1 + Math.exp(-a)), makes(Operation.SIGMOID))),
          entry("Tanh", unary(Math::tanh, makes(Operation.TANH))),
          entry("Erf", makes(Operation.ERF)),
          entry("Relu", unary(a -> Math.max(a, 0), makes(Operation.RELU))),
          entry("Swish", makes(Operation.SILU)),
          entry("Gelu", (Operator.Single) Arithmetic::gelu),
          entry("IsNaN", (Operator.Single) Arithmetic::nothing),
          entry("Cast", (Operator.Single) Arithmetic::cast),
          entry("CastLike", (Operator.Single) call -> call.input(0)),
          entry("Where", (Operator.Single) Arithmetic::where));

  private static final int FLOAT_KINDS = 1 << 1 | 1 << 10 | 1 << 11 | 1 << 16; // onnx.proto's types
  private static final int BOOL = 9;

  private Arithmetic() {}

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  /** An operator on constants only. */
  private static Operator.Single known(DoubleBinaryOperator operator) {
    return call -> elementwise(call, operator);
  }

  private static Operator.Single known(DoubleUnaryOperator operator) {
    return call -> elementwise(call, operator);
  }

  private static Operator.Single unary(DoubleUnaryOperator known, Operator.Single traced) {
    return call -> call.isTraced(0) ? traced.output(call) : elementwise(call, known);
  }

  private static Operator.Single binary(DoubleBinaryOperator known, Operator.Single traced) {
    return call ->
        call.isTraced(0) || call.isTraced(1) ? traced.output(call) : elementwise(call, known);
  }

  private static Operator.Single makes(Operation operation) {
    return call -> call.makes(operation, call.traced(0));
  }

  private static Known elementwise(Call call, DoubleUnaryOperator operator) {
    Known of = call.known(0);
    double[] values = Arrays.stream(of.values()).map(operator).toArray();
    return new Known(call.room(of.dims()), values, of.whole());
  }

  private static Known elementwise(Call call, DoubleBinaryOperator operator) {
    Known left = call.known(Moves.expanded(call, call.input(0), call.input(1).dims()));
    Known right = call.known(Moves.expanded(call, call.input(1), left.dims()));
    call.room(left.dims());
    return combined(left, right, operator);
  }

  private static Known combined(Known left, Known right, DoubleBinaryOperator operator) {
    boolean whole = left.whole() && right.whole();
    double[] values = new double[left.values().length];
    for (int i = 0; i < values.length; i++) {
      double value = operator.applyAsDouble(left.values()[i], right.values()[i]);
      values[i] = whole ? truncated(value) : value;
    }
    return new Known(left.dims(), values, whole);
  }

  /** Of equal extents. */
  static Known sum(Known left, Known right) {
    return combined(left, right, Double::sum);
  }

  /** A function of the numbers of input {@code index}, repeated to go with another. */
  private static double[] numbers(Call call, int index, Traced with, DoubleUnaryOperator of) {
    Value all = Moves.expanded(call, call.input(index), call.room(with.dims()));
    return Arrays.stream(call.known(all).values()).map(of).toArray();
  }

  private static double[] numbers(Call call, int index, Traced with) {
    return numbers(call, index, with, DoubleUnaryOperator.identity());
  }

  /** Input {@code index}, repeated to the extents of the result. */
  private static Traced repeated(Call call, int index) {
    return (Traced) Moves.expanded(call, call.traced(index), call.input(1 - index).dims());
  }

  private static Value add(Call call) {
    if (call.isTraced(0) && call.isTraced(1)) {
      return Call.unmoved(call.traced(0), call.traced(1), (a, b) -> sum(call, a, b));
    }
    int index = call.isTraced(0) ? 0 : 1;
    Traced traced = repeated(call, index);
    return traced.plus(numbers(call, 1 - index, traced));
  }

  private static Value subtract(Call call) {
    if (!call.isTraced(1)) {
      Traced traced = repeated(call, 0);
      return traced.plus(numbers(call, 1, traced, number -> -number));
    }
    if (!call.isTraced(0)) {
      Traced traced = negated(repeated(call, 1));
      return traced.plus(numbers(call, 0, traced));
    }
    Traced mean = call.traced(1);
    boolean centres =
        mean.source().is(Operation.MEAN)
            && mean.plain()
            && mean.source().traced(0).same(call.traced(0));
    return centres
        ? call.makes(Operation.CENTRED, 0, call.traced(0).dims(), call.traced(0))
        : sum(call, call.traced(0), negated(mean));
  }

  private static Traced negated(Traced traced) {
    double[] by = new double[traced.size()];
    Arrays.fill(by, -1);
    return traced.times(by);
  }

  private static Traced sum(Call call, Traced left, Traced right) {
    Traced a = (Traced) Moves.expanded(call, left, right.dims());
    Traced b = (Traced) Moves.expanded(call, right, a.dims());
    call.room(a.dims());
    boolean rotates = a.source().equals(b.source()) && a.terms() == 1 && b.terms() == 1;
    return rotates ? a.plus(b) : call.makes(Operation.SUM, 0, a.dims(), a, b);
  }

  private static Value multiply(Call call) {
    if (call.isTraced(0) && call.isTraced(1)) {
      return Call.unmoved(call.traced(0), call.traced(1), (a, b) -> Idioms.product(call, a, b));
    }
    int index = call.isTraced(0) ? 0 : 1;
    Traced traced = repeated(call, index);
    return traced.times(numbers(call, 1 - index, traced));
  }

  private static Value divide(Call call) {
    if (call.isTraced(1)) {
      return quotient(call, call.traced(1));
    }
    Traced dividend = repeated(call, 0);
    return dividend.times(numbers(call, 1, dividend, number -> 1 / number));
  }

  private static Value quotient(Call call, Traced divisor) {
    Traced reciprocal = call.makes(Operation.RECIPROCAL, 0, divisor.dims(), divisor);
    if (call.isTraced(0)) {
      return Idioms.product(call, call.traced(0), reciprocal);
    }
    Traced all = (Traced) Moves.expanded(call, reciprocal, call.input(0).dims());
    return all.times(numbers(call, 0, all));
  }

  private static Value power(Call call) {
    Traced base = call.traced(0);
    Known exponent = call.known(1);
    double power = exponent.values().length == 1 ? exponent.values()[0] : Double.NaN;
    Operation operation =
        power == 2
            ? Operation.SQUARE
            : power == 3 ? Operation.CUBE : Math.abs(power) == 0.5 ? Operation.ROOT : null;
    if (operation == null) {
      throw call.refusal("the power is none of 2, 3, 0.5 and −0.5");
    }
    Traced made = call.makes(operation, base);
    return power < 0 ? call.makes(Operation.RECIPROCAL, 0, base.dims(), made) : made;
  }

  private static Value gelu(Call call) {
    boolean tanh = call.text("approximate", "none").equals("tanh");
    Operation operation = tanh ? Operation.GELU_TANH : Operation.GELU_ERF;
    return call.makes(operation, call.traced(0));
  }

  /** No number that a model computes is taken for one that is not. */
  private static Value nothing(Call call) {
    int[] dims = call.room(call.input(0).dims());
    return new Known(dims, new double[Layout.size(dims)]);
  }

  private static Value cast(Call call) {
    Value from = call.input(0);
    long to = call.integer("to", 1);
    boolean floats = to >= 0 && to < Integer.SIZE && (FLOAT_KINDS >> to & 1) == 1;
    if (from instanceof Traced || from instanceof Stored && floats) {
      return from;
    }
    Known known = call.known(from);
    if (floats) {
      return new Known(known.dims(), known.values());
    }
    double[] values =
        Arrays.stream(known.values())
            .map(value -> to == BOOL ? truth(value != 0) : truncated(value))
            .toArray();
    return new Known(call.room(known.dims()), values, to != BOOL);
  }

  private static double truncated(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private static Value where(Call call) {
    Value yes = Moves.expanded(call, call.input(1), call.input(2).dims());
    Value condition = Moves.expanded(call, call.input(0), yes.dims());
    int[] dims = condition.dims();
    double[] holds = call.known(condition).values();
    yes = Moves.expanded(call, yes, dims);
    Value no = Moves.expanded(call, call.input(2), dims);
    call.room(dims);
    boolean[] chosen = new boolean[holds.length];
    if (yes instanceof Traced traced && !(no instanceof Traced)) {
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = holds[i] != 0;
      }
      return traced.where(chosen, call.known(no).values());
    }
    if (no instanceof Traced traced) {
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = holds[i] == 0;
      }
      return traced.where(chosen, call.known(yes).values());
    }
    Known first = call.known(yes);
    Known second = call.known(no);
    double[] values = new double[holds.length];
    Arrays.setAll(values, i -> holds[i] != 0 ? first.values()[i] : second.values()[i]);
    return new Known(dims, values, first.whole());
  }
}
