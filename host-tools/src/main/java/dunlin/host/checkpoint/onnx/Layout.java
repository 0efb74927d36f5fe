package dunlin.host.checkpoint.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moving elements: for each element of what comes out, which element of what goes in. Extents are
 * slowest first, elements row-major.
 */
final class Layout {
  private Layout() {}

  /** Elements of so many extents. */
  static int size(int[] dims) {
    int size = 1;
    for (int extent : dims) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  /** Elements from one to the next along each extent. */
  static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return strides;
  }

  /** Elements {@code base} + i·strides[0] + j·strides[1] + … of extents {@code to}. */
  static int[] strided(int[] to, int[] strides, int base) {
    int[] pick = new int[size(to)];
    int[] at = new int[to.length];
    int element = base;
    for (int i = 0; i < pick.length; i++) {
      pick[i] = element;
      for (int axis = to.length - 1; axis >= 0; axis--) {
        element += strides[axis];
        if (++at[axis] < to[axis]) {
          break;
        }
        element -= strides[axis] * to[axis];
        at[axis] = 0;
      }
    }
    return pick;
  }

  /** Extents that both can be repeated to; null if there are none. */
  static int[] broadcast(int[] a, int[] b) {
    int[] to = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= to.length; i++) {
      int left = i > a.length ? 1 : a[a.length - i];
      int right = i > b.length ? 1 : b[b.length - i];
      if (left != right && left != 1 && right != 1) {
        return null;
      }
      to[to.length - i] = left == 1 ? right : left;
    }
    return to;
  }

  /** Repeats along extents of 1, and new ones in front. */
  static int[] expand(int[] dims, int[] to) {
    int[] own = strides(dims);
    int[] strides = new int[to.length];
    for (int i = 1; i <= dims.length; i++) {
      strides[to.length - i] = dims[dims.length - i] == 1 ? 0 : own[dims.length - i];
    }
    return strided(to, strides, 0);
  }

  static int[] transposed(int[] dims, int[] order) {
    int[] own = strides(dims);
    int[] strides = Arrays.stream(order).map(axis -> own[axis]).toArray();
    return strided(permuted(dims, order), strides, 0);
  }

  static int[] permuted(int[] dims, int[] order) {
    return Arrays.stream(order).map(axis -> dims[axis]).toArray();
  }

  /** {@code count} of an axis from {@code start}, {@code step} apart. */
  static int[] slice(int[] dims, int axis, int start, int step, int count) {
    int[] strides = strides(dims);
    int base = start * strides[axis];
    strides[axis] *= step;
    return strided(with(dims, axis, count), strides, base);
  }

  /** The extents with another one at {@code axis}. */
  static int[] with(int[] dims, int axis, int extent) {
    int[] to = dims.clone();
    to[axis] = extent;
    return to;
  }

  /** Those of an axis that {@code indices} name, in place of the axis. */
  static int[] gather(int[] dims, int axis, int[] indices) {
    int inner = size(Arrays.copyOfRange(dims, axis + 1, dims.length));
    int outer = size(Arrays.copyOf(dims, axis));
    int[] pick = new int[outer * indices.length * inner];
    int next = 0;
    for (int o = 0; o < outer; o++) {
      for (int index : indices) {
        for (int i = 0; i < inner; i++) {
          pick[next++] = (o * dims[axis] + index) * inner + i;
        }
      }
    }
    return pick;
  }

  /** The extents of {@link #gather}: those of {@code indices} in place of the axis. */
  static int[] gathered(int[] dims, int axis, int[] indices) {
    List<Integer> to = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      if (i == axis) {
        Arrays.stream(indices).forEach(to::add);
      } else {
        to.add(dims[i]);
      }
    }
    return to.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Of part {@code from} to {@code from + dims[axis]} of a whole; −1 for other parts. */
  static int[] padded(int[] dims, int axis, int from, int whole) {
    int inner = size(Arrays.copyOfRange(dims, axis + 1, dims.length));
    int outer = size(Arrays.copyOf(dims, axis));
    int[] pick = new int[outer * whole * inner];
    Arrays.fill(pick, -1);
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < dims[axis] * inner; i++) {
        pick[(o * whole + from) * inner + i] = o * dims[axis] * inner + i;
      }
    }
    return pick;
  }
}
