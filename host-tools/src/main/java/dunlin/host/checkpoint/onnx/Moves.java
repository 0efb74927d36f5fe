package dunlin.host.checkpoint.onnx;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The operators that move elements, and those that say something of shapes. */
final class Moves {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Identity", (Operator.Single) call -> call.input(0)),
          entry("Dropout", (Operator.Single) call -> call.input(0)),
          entry("Constant", (Operator.Single) Call::constant),
          entry("Shape", (Operator.Single) Moves::shape),
          entry("Size", (Operator.Single) c -> Known.scalar(Layout.size(c.input(0).dims()), true)),
          entry("Reshape", (Operator.Single) Moves::reshape),
          entry("Flatten", (Operator.Single) Moves::flatten),
          entry("Squeeze", (Operator.Single) Moves::squeeze),
          entry("Unsqueeze", (Operator.Single) Moves::unsqueeze),
          entry("Transpose", (Operator.Single) Moves::transpose),
          entry("Expand", (Operator.Single) Moves::expand),
          entry("Slice", (Operator.Single) Moves::slice),
          entry("Concat", (Operator.Single) Moves::concat),
          entry("Pad", (Operator.Single) Moves::pad),
          entry("Split", Moves::split));

  private Moves() {}

  /** The elements that {@code pick} names, zeros where it is below zero. */
  static Value pick(Call call, Value from, int[] to, int[] pick) {
    return from instanceof Traced traced
        ? traced.pick(to, pick, 0)
        : call.known(from).pick(to, pick, 0);
  }

  private static Value shape(Call call) {
    int[] dims = call.input(0).dims();
    int from = bound(call.integer("start", 0), dims.length);
    int to = bound(call.integer("end", dims.length), dims.length);
    return Known.vector(Arrays.copyOfRange(dims, Math.min(from, to), to));
  }

  /** Within 0 to {@code most}, from the end where negative. */
  private static int bound(long at, int most) {
    return (int) Math.max(0, Math.min(at < 0 ? at + most : at, most));
  }

  private static Value reshaped(Call call, int... to) {
    Value from = call.input(0);
    if (from instanceof Traced traced) {
      return traced.reshaped(to);
    }
    if (Arrays.equals(from.dims(), to)) {
      return from;
    }
    Known known = call.known(from);
    return new Known(to, known.values(), known.whole());
  }

  private static Value reshape(Call call) {
    int[] from = call.input(0).dims();
    int[] to = call.integers(1);
    int size = Layout.size(from);
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < to.length; axis++) {
      if (to[axis] == 0 && call.integer("allowzero", 0) == 0 && axis < from.length) {
        to[axis] = from[axis];
      }
      if (to[axis] == -1 && open < 0) {
        open = axis;
      } else if (to[axis] < 0) {
        throw call.refusal("shape " + Arrays.toString(to));
      } else {
        known = Math.min(known * to[axis], Integer.MAX_VALUE + 1L);
      }
    }
    if (open >= 0 && known > 0) {
      to[open] = (int) (size / known);
      known *= to[open];
    }
    if (known != size) {
      throw call.refusal(Arrays.toString(from) + " does not become " + Arrays.toString(to));
    }
    return reshaped(call, to);
  }

  private static Value flatten(Call call) {
    int[] dims = call.input(0).dims();
    int axis = bound(call.integer("axis", 1), dims.length);
    int rows = Layout.size(Arrays.copyOf(dims, axis));
    return reshaped(call, rows, Layout.size(Arrays.copyOfRange(dims, axis, dims.length)));
  }

  private static Value squeeze(Call call) {
    int[] dims = call.input(0).dims();
    int[] axes = call.integers(1, "axes");
    List<Integer> gone =
        axes == null
            ? IntStream.range(0, dims.length).filter(axis -> dims[axis] == 1).boxed().toList()
            : Arrays.stream(axes).mapToObj(axis -> call.axis(axis, dims.length)).toList();
    if (gone.stream().anyMatch(axis -> dims[axis] != 1)) {
      throw call.refusal("axes " + gone + " of " + Arrays.toString(dims) + " are not 1");
    }
    return reshaped(
        call,
        IntStream.range(0, dims.length)
            .filter(axis -> !gone.contains(axis))
            .map(axis -> dims[axis])
            .toArray());
  }

  private static Value unsqueeze(Call call) {
    int[] dims = call.input(0).dims();
    int[] axes = call.integers(1, "axes");
    if (axes == null) {
      throw call.refusal("it has no axes");
    }
    int rank = dims.length + axes.length;
    List<Integer> added = Arrays.stream(axes).mapToObj(axis -> call.axis(axis, rank)).toList();
    int[] to = new int[rank];
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      to[axis] = added.contains(axis) || next == dims.length ? 1 : dims[next++];
    }
    return reshaped(call, to);
  }

  private static Value transpose(Call call) {
    int[] dims = call.input(0).dims();
    int[] order = call.integers("perm");
    if (order == null) {
      order = IntStream.range(0, dims.length).map(i -> dims.length - 1 - i).toArray();
    }
    if (!Arrays.equals(
        IntStream.of(order).sorted().toArray(), IntStream.range(0, dims.length).toArray())) {
      throw call.refusal("order " + Arrays.toString(order) + " of " + Arrays.toString(dims));
    }
    if (call.input(0) instanceof Stored stored && Arrays.equals(order, new int[] {1, 0})) {
      return new Stored(stored.tensor(), !stored.transposed());
    }
    int[] to = call.room(Layout.permuted(dims, order));
    return pick(call, call.input(0), to, Layout.transposed(dims, order));
  }

  private static Value expand(Call call) {
    return expanded(call, call.input(0), call.integers(1));
  }

  /** {@code value}, repeated to be broadcast against {@code other}. */
  static Value expanded(Call call, Value value, int[] other) {
    int[] dims = value.dims();
    if (Arrays.equals(dims, other)) {
      return value;
    }
    for (int extent : other) {
      if (extent < 0) {
        throw call.refusal("extents " + Arrays.toString(other));
      }
    }
    int[] to = Layout.broadcast(dims, other);
    if (to == null) {
      throw call.refusal(Arrays.toString(dims) + " against " + Arrays.toString(other));
    }
    return Arrays.equals(to, dims)
        ? value
        : pick(call, value, call.room(to), Layout.expand(dims, to));
  }

  private static Value slice(Call call) {
    int[] starts = call.integers(1, "starts");
    int[] ends = call.integers(2, "ends");
    if (starts == null || ends == null || ends.length != starts.length) {
      throw call.refusal("it has no starts and ends");
    }
    int[] axes = call.has(3) ? call.integers(3) : IntStream.range(0, starts.length).toArray();
    Value value = call.input(0);
    for (int i = 0; i < starts.length; i++) {
      int[] dims = value.dims();
      int step = call.has(4) ? call.integers(4)[i] : 1;
      int axis = call.axis(axes[i], dims.length);
      if (step == 0) {
        throw call.refusal("steps of 0");
      }
      int last = step < 0 ? dims[axis] - 1 : dims[axis];
      int start = Math.min(bound(starts[i], dims[axis]), last);
      int end = step < 0 && ends[i] < -dims[axis] ? -1 : bound(ends[i], dims[axis]);
      int count = Math.max(0, -Math.floorDiv(start - end, step));
      if (count != dims[axis] || step < 0) {
        int[] to = call.room(Layout.with(dims, axis, count));
        value = pick(call, value, to, Layout.slice(dims, axis, start, step, count));
      }
    }
    return value;
  }

  private static Value concat(Call call) {
    List<Value> parts = call.inputs().stream().filter(v -> Layout.size(v.dims()) > 0).toList();
    if (parts.size() < 2) {
      return parts.isEmpty() ? call.input(0) : parts.get(0);
    }
    int[] dims = parts.get(0).dims();
    int axis = call.axis(call.integer("axis", 0), dims.length);
    int whole = 0;
    for (Value part : parts) {
      if (part.dims().length != dims.length
          || !Arrays.equals(Layout.with(part.dims(), axis, dims[axis]), dims)) {
        throw call.refusal(Arrays.toString(part.dims()) + " behind " + Arrays.toString(dims));
      }
      whole += part.dims()[axis];
    }
    int[] to = call.room(Layout.with(dims, axis, whole));
    List<Value> padded = new ArrayList<>();
    List<int[]> picks = new ArrayList<>();
    int from = 0;
    for (Value part : parts) {
      int[] pick = Layout.padded(part.dims(), axis, from, whole);
      call.room(to);
      padded.add(pick(call, part, to, pick));
      picks.add(pick);
      from += part.dims()[axis];
    }
    return overlaid(call, padded, picks);
  }

  /** Each element from the one whose pick has it. */
  private static Value overlaid(Call call, List<Value> padded, List<int[]> picks) {
    Value all = padded.get(0);
    for (int i = 1; i < padded.size(); i++) {
      Value next = padded.get(i);
      if (all instanceof Known before && next instanceof Known after) {
        all = Arithmetic.sum(before, after);
      } else if (all instanceof Traced before && next instanceof Known after) {
        all = before.plus(after.values());
      } else if (all instanceof Known before && next instanceof Traced after) {
        all = after.plus(before.values());
      } else if (all instanceof Traced before && next instanceof Traced after) {
        if (!before.source().equals(after.source())) {
          throw call.refusal("it joins what two nodes have made");
        }
        all = before.overlaid(after, picks.get(i));
      }
    }
    return all;
  }

  private static Value pad(Call call) {
    int[] pads = call.integers(1);
    Value value = call.input(0);
    int rank = value.dims().length;
    boolean zeros = call.text("mode", "constant").equals("constant");
    if (!zeros || pads.length != 2 * rank || call.has(2) && call.known(2).values()[0] != 0) {
      throw call.refusal("it pads by other than zeros, or some axes");
    }
    for (int axis = 0; axis < rank; axis++) {
      int before = pads[axis];
      int after = pads[rank + axis];
      int[] dims = value.dims();
      if (before < 0) {
        int count = dims[axis] + before;
        int[] to = call.room(Layout.with(dims, axis, count));
        value = pick(call, value, to, Layout.slice(dims, axis, -before, 1, count));
        dims = to;
        before = 0;
      }
      if (after < 0) {
        int count = dims[axis] + after;
        int[] to = call.room(Layout.with(dims, axis, count));
        value = pick(call, value, to, Layout.slice(dims, axis, 0, 1, count));
        dims = to;
        after = 0;
      }
      if (before + after > 0) {
        int whole = Math.addExact(dims[axis], Math.addExact(before, after));
        int[] to = call.room(Layout.with(dims, axis, whole));
        value = pick(call, value, to, Layout.padded(dims, axis, before, whole));
      }
    }
    return value;
  }

  private static List<Value> split(Call call) {
    Value value = call.input(0);
    int[] dims = value.dims();
    int axis = call.axis(call.integer("axis", 0), dims.length);
    int[] parts = call.integers(1, "split");
    if (parts == null) {
      int count = call.node().getOutputCount();
      int most = (dims[axis] + count - 1) / count;
      parts =
          IntStream.range(0, count)
              .map(i -> Math.max(0, Math.min(most, dims[axis] - i * most)))
              .toArray();
    }
    List<Value> outputs = new ArrayList<>();
    int from = 0;
    for (int part : parts) {
      if (part < 0 || part > dims[axis] - from) {
        throw call.refusal("parts " + Arrays.toString(parts) + " of " + dims[axis]);
      }
      int[] to = call.room(Layout.with(dims, axis, part));
      outputs.add(pick(call, value, to, Layout.slice(dims, axis, from, 1, part)));
      from += part;
    }
    return outputs;
  }
}
