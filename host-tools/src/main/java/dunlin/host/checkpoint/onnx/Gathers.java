package dunlin.host.checkpoint.onnx;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;

/** The operators that pick elements by indices. */
final class Gathers {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Gather", (Operator.Single) Gathers::slices),
          entry("GatherElements", (Operator.Single) Gathers::elements),
          entry("GatherND", (Operator.Single) Gathers::points));

  private Gathers() {}

  /** Those of an axis that indices name: rows of a table, most often. */
  private static Value slices(Call call) {
    if (call.isTraced(1)) {
      return Layers.embedding(call);
    }
    int[] dims = call.input(0).dims();
    int axis = call.axis(call.integer("axis", 0), dims.length);
    int[] indices = indices(call, dims[axis]);
    int[] to = call.room(Layout.gathered(dims, axis, call.input(1).dims()));
    return Moves.pick(call, call.input(0), to, Layout.gather(dims, axis, indices));
  }

  /** For each index the element at its own place, but for the axis, where the index counts. */
  private static Value elements(Call call) {
    int[] dims = call.input(0).dims();
    int[] to = call.input(1).dims();
    int axis = call.axis(call.integer("axis", 0), dims.length);
    int[] indices = indices(call, dims[axis]);
    if (to.length != dims.length) {
      throw call.refusal(Arrays.toString(to) + " of " + Arrays.toString(dims));
    }
    int[] strides = Layout.strides(dims);
    int step = strides[axis];
    strides[axis] = 0;
    int[] pick = Layout.strided(call.room(to), strides, 0);
    for (int i = 0; i < pick.length; i++) {
      pick[i] += indices[i] * step;
    }
    return Moves.pick(call, call.input(0), to, pick);
  }

  /** Single elements, by an index for each extent. */
  private static Value points(Call call) {
    int[] dims = call.input(0).dims();
    int[] points = call.input(1).dims();
    int rank = points.length == 0 ? 0 : points[points.length - 1];
    if (rank != dims.length || rank == 0 || call.integer("batch_dims", 0) != 0) {
      throw call.refusal("its indices do not name single elements");
    }
    int[] indices = call.integers(1);
    int[] pick = new int[indices.length / rank];
    for (int i = 0; i < indices.length; i++) {
      int extent = dims[i % rank];
      pick[i / rank] = pick[i / rank] * extent + index(call, indices[i], extent);
    }
    int[] to = call.room(Arrays.copyOf(points, points.length - 1));
    return Moves.pick(call, call.input(0), to, pick);
  }

  private static int[] indices(Call call, int extent) {
    return Arrays.stream(call.integers(1)).map(index -> index(call, index, extent)).toArray();
  }

  /** From the end where negative. */
  private static int index(Call call, int index, int extent) {
    int counted = index < 0 ? index + extent : index;
    if (counted < 0 || counted >= extent) {
      throw call.refusal("index " + index + " of " + extent);
    }
    return counted;
  }
}
