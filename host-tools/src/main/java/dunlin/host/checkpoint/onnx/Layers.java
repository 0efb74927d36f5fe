package dunlin.host.checkpoint.onnx;

import static java.util.Map.entry;

import dunlin.host.checkpoint.onnx.Source.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** The operators that mix elements: linear layers, norms, attention; and those that make tables. */
final class Layers {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("MatMul", (Operator.Single) Layers::product),
          entry("Gemm", (Operator.Single) Layers::gemm),
          entry("Attention", (Operator.Single) FusedAttention::attention),
          entry("Conv", (Operator.Single) Layers::convolution),
          entry("Softmax", (Operator.Single) Layers::softmax),
          entry("ReduceMean", (Operator.Single) Layers::mean),
          entry("LayerNormalization", (Operator.Single) c -> norm(c, Operation.LAYER_NORM)),
          entry("SimplifiedLayerNormalization", (Operator.Single) c -> norm(c, Operation.RMS_NORM)),
          entry("RMSNormalization", (Operator.Single) c -> norm(c, Operation.RMS_NORM)),
          entry("Range", (Operator.Single) Layers::range),
          entry("ConstantOfShape", (Operator.Single) Layers::filled),
          entry("Trilu", (Operator.Single) Layers::triangle));

  private Layers() {}

  /** Rows of a table by tokens, or by their types. */
  static Value embedding(Call call) {
    Traced tokens = call.traced(1);
    int[] table = call.input(0).dims();
    boolean given = tokens.source().is(Operation.INPUT) || tokens.source().is(Operation.TYPES);
    if (!given || !tokens.plain() || table.length != 2) {
      throw call.refusal("it looks up by other than the graph's tokens");
    }
    int[] dims = Arrays.copyOf(tokens.dims(), tokens.dims().length + 1);
    dims[dims.length - 1] = table[1];
    return call.makes(Operation.EMBEDDING, 0, dims, call.input(0), tokens);
  }

  private static Value product(Call call) {
    if (call.isTraced(0)) {
      return call.isTraced(1)
          ? attended(call, call.traced(0), call.traced(1))
          : linear(call, call.traced(0), call.input(1));
    }
    if (call.isTraced(1)) {
      throw call.refusal("the weight stands on the left");
    }
    return numbers(call, call.known(0), call.known(1));
  }

  private static Traced linear(Call call, Traced x, Value weight) {
    int[] w = weight.dims();
    int rank = x.dims().length;
    if (w.length != 2 || rank < 2 || x.dims()[rank - 1] != w[0]) {
      throw call.refusal("weights " + Arrays.toString(w) + " on " + Arrays.toString(x.dims()));
    }
    return call.makes(Operation.LINEAR, 0, Layout.with(x.dims(), rank - 1, w[1]), x, weight);
  }

  /** Queries and keys, or weights and values. */
  static Traced attended(Call call, Traced left, Traced right) {
    int[] a = left.dims();
    int[] b = right.dims();
    if (a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]) {
      throw call.refusal(Arrays.toString(a) + " times " + Arrays.toString(b));
    }
    int[] lead = Layout.broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
    if (lead == null) {
      throw call.refusal(Arrays.toString(a) + " times " + Arrays.toString(b));
    }
    Value all = Moves.expanded(call, left, matrices(lead, a));
    Value others = Moves.expanded(call, right, matrices(lead, b));
    int[] dims = matrices(lead, new int[] {a[a.length - 2], b[b.length - 1]});
    Operation operation =
        left.source().is(Operation.SOFTMAX) ? Operation.CONTEXT : Operation.SCORES;
    return call.makes(operation, 0, dims, all, others);
  }

  /** {@code lead} and the last two extents of {@code dims}. */
  private static int[] matrices(int[] lead, int[] dims) {
    int[] to = Arrays.copyOf(lead, lead.length + 2);
    to[lead.length] = dims[dims.length - 2];
    to[lead.length + 1] = dims[dims.length - 1];
    return to;
  }

  /** Of constants, as rotary angles are made. */
  private static Value numbers(Call call, Known left, Known right) {
    int[] a = left.dims();
    int[] b = right.dims();
    int[] lead =
        a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]
            ? null
            : Layout.broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
    if (lead == null) {
      throw call.refusal(Arrays.toString(a) + " times " + Arrays.toString(b));
    }
    double[] x = call.known(Moves.expanded(call, left, matrices(lead, a))).values();
    double[] y = call.known(Moves.expanded(call, right, matrices(lead, b))).values();
    int rows = a[a.length - 2];
    int inner = a[a.length - 1];
    int columns = b[b.length - 1];
    int[] to = call.room(matrices(lead, new int[] {rows, columns}));
    call.room(Layout.size(to), Math.max(inner, 1)); // what it takes to compute
    double[] values = new double[Layout.size(to)];
    for (int i = 0; i < values.length; i++) {
      int matrix = i / (rows * columns);
      int row = i / columns % rows;
      for (int k = 0; k < inner; k++) {
        values[i] +=
            x[(matrix * rows + row) * inner + k] * y[(matrix * inner + k) * columns + i % columns];
      }
    }
    return new Known(to, values);
  }

  private static Value gemm(Call call) {
    boolean plain =
        call.number("alpha", 1) == 1
            && call.number("beta", 1) == 1
            && call.integer("transA", 0) == 0;
    if (!plain || call.isTraced(1)) {
      throw call.refusal("alpha, beta or transA, or a weight that is none");
    }
    Value weight = call.input(1);
    if (call.integer("transB", 0) == 1) {
      if (weight.dims().length != 2) {
        throw call.refusal("its weight has extents " + Arrays.toString(weight.dims()));
      }
      weight =
          weight instanceof Stored stored
              ? new Stored(stored.tensor(), !stored.transposed())
              : transposed(call.known(weight));
    }
    Traced made = linear(call, call.traced(0), weight);
    return call.has(2) ? plus(call, made, 2) : made;
  }

  private static Known transposed(Known matrix) {
    int[] order = {1, 0};
    return matrix.pick(
        Layout.permuted(matrix.dims(), order), Layout.transposed(matrix.dims(), order), 0);
  }

  private static Traced plus(Call call, Traced traced, int index) {
    Value bias = Moves.expanded(call, call.input(index), traced.dims());
    return traced.plus(call.known(bias).values());
  }

  /** A linear layer on what each output reads: channels, and of each the kernel. */
  private static Value convolution(Call call) {
    int[] dims = call.traced(0).dims();
    int[] weight = call.input(1).dims();
    int spatial = dims.length - 2;
    int[] strides = orOnes(call.integers("strides"), spatial);
    boolean plain =
        spatial > 0
            && weight.length == dims.length
            && dims[0] == 1
            && weight[1] == dims[1]
            && strides.length == spatial
            && Arrays.stream(strides).allMatch(stride -> stride > 0)
            && Arrays.stream(orOnes(call.integers("dilations"), spatial)).allMatch(d -> d == 1)
            && (call.integers("pads") == null
                || Arrays.stream(call.integers("pads")).allMatch(pad -> pad == 0))
            && call.text("auto_pad", "NOTSET").matches("NOTSET|VALID")
            && call.integer("group", 1) == 1;
    if (!plain) {
      throw call.refusal("it is no plain convolution: one group, no padding, no dilation");
    }
    int[] outputs = new int[spatial];
    int[] to = new int[2 * spatial + 1]; // outputs, channels, kernel
    int[] step = new int[to.length];
    int[] own = Layout.strides(dims);
    to[spatial] = dims[1];
    step[spatial] = own[1];
    for (int i = 0; i < spatial; i++) {
      int kernel = weight[i + 2];
      if (kernel < 1 || kernel > dims[i + 2]) {
        throw call.refusal("a kernel of " + kernel + " on " + dims[i + 2]);
      }
      outputs[i] = (dims[i + 2] - kernel) / strides[i] + 1;
      to[i] = outputs[i];
      step[i] = own[i + 2] * strides[i];
      to[spatial + 1 + i] = kernel;
      step[spatial + 1 + i] = own[i + 2];
    }
    call.room(to);
    int places = Layout.size(outputs);
    int inputs = Layout.size(to) / Math.max(places, 1);
    Traced runs =
        call.traced(0).pick(new int[] {1, places, inputs}, Layout.strided(to, step, 0), 0);
    Traced made = linear(call, runs, flat(call, weight[0], inputs));
    if (call.has(2)) {
      made = plus(call, made, 2);
    }
    int[] order = {0, 2, 1};
    int[] turned = Layout.permuted(made.dims(), order);
    int[] result = dims.clone();
    result[1] = weight[0];
    System.arraycopy(outputs, 0, result, 2, spatial);
    return made.pick(turned, Layout.transposed(made.dims(), order), 0).reshaped(result);
  }

  /** A convolution's weight as inputs × outputs. */
  private static Value flat(Call call, int outputs, int inputs) {
    if (call.input(1) instanceof Stored stored) {
      return new Stored(stored.reshaped(outputs, inputs).tensor(), true);
    }
    return transposed(new Known(new int[] {outputs, inputs}, call.known(1).values()));
  }

  private static int[] orOnes(int[] given, int count) {
    return given == null ? IntStream.range(0, count).map(i -> 1).toArray() : given;
  }

  private static Value softmax(Call call) {
    int[] dims = call.traced(0).dims();
    if (call.axis(call.integer("axis", -1), dims.length) != dims.length - 1) {
      throw call.refusal("its axis is not the last");
    }
    return call.makes(Operation.SOFTMAX, 0, dims, call.traced(0));
  }

  private static Value mean(Call call) {
    Traced x = call.traced(0);
    int rank = x.dims().length;
    int[] axes = call.integers(1, "axes");
    int axis = axes == null || axes.length != 1 ? -1 : call.axis(axes[0], rank);
    if (axis < 0 || axis < rank - 2) {
      throw call.refusal("a mean over other than tokens or channels");
    }
    Operation operation = axis == rank - 1 ? Operation.MEAN : Operation.MEAN_OF_ROWS;
    Traced mean = call.makes(operation, 0, Layout.with(x.dims(), axis, 1), x);
    if (call.integer("keepdims", 1) == 1) {
      return mean;
    }
    return mean.reshaped(
        IntStream.range(0, rank).filter(i -> i != axis).map(i -> x.dims()[i]).toArray());
  }

  private static Value norm(Call call, Operation operation) {
    Traced x = call.traced(0);
    int rank = x.dims().length;
    if (call.axis(call.integer("axis", -1), rank) != rank - 1) {
      throw call.refusal("its axis is not the last");
    }
    Traced made = call.makes(operation, call.number("epsilon", 1e-5), x.dims(), x);
    made = made.times(call.known(Moves.expanded(call, call.input(1), made.dims())).values());
    return call.has(2) ? plus(call, made, 2) : made;
  }

  private static Value range(Call call) {
    double start = call.known(0).values()[0];
    double step = call.known(2).values()[0];
    double count = Math.max(0, Math.ceil((call.known(1).values()[0] - start) / step));
    if (!(count <= Integer.MAX_VALUE)) {
      throw call.refusal("it makes " + count + " numbers");
    }
    int[] dims = call.room((int) count);
    double[] values = new double[dims[0]];
    Arrays.setAll(values, i -> start + i * step);
    return new Known(dims, values, call.known(0).whole());
  }

  private static Value filled(Call call) {
    int[] dims = call.room(call.integers(0));
    double[] values = new double[Layout.size(dims)];
    if (call.node().getAttributeCount() == 0) {
      return new Known(dims, values);
    }
    Known value = call.known(call.constant());
    Arrays.fill(values, value.values()[0]);
    return new Known(dims, values, value.whole());
  }

  private static Value triangle(Call call) {
    Known matrix = call.known(0);
    int rank = matrix.dims().length;
    if (rank < 2) {
      throw call.refusal("it is of " + rank + " extents");
    }
    int columns = matrix.dims()[rank - 1];
    int rows = matrix.dims()[rank - 2];
    int diagonal = call.has(1) ? call.integers(1)[0] : 0;
    boolean upper = call.integer("upper", 1) == 1;
    double[] values = matrix.values().clone();
    for (int i = 0; i < values.length; i++) {
      int above = i % columns - i / columns % rows - diagonal;
      if (upper ? above < 0 : above > 0) {
        values[i] = 0;
      }
    }
    return new Known(matrix.dims(), values);
  }
}
