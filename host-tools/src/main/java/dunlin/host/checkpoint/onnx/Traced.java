package dunlin.host.checkpoint.onnx;

import java.util.Arrays;

/**
 * A tensor whose elements are sums of a few elements of one source, each times a factor, and of an
 * offset. Moving elements, scaling them, biases, masks and rotary embedding lead from one of these
 * to another.
 *
 * @param terms elements of the source that one of these is made of
 * @param index terms × elements: which, −1 for none; null for each its own, of one term
 * @param factor as {@code index}; null for ones
 * @param offset one for each element; null for zeros
 */
record Traced(int[] dims, Source source, int terms, int[] index, double[] factor, double[] offset)
    implements Value {

  /** The source itself. */
  static Traced of(Source source) {
    return new Traced(source.dims(), source, 1, null, null, null);
  }

  /** Elements. */
  int size() {
    return Layout.size(dims);
  }

  int index(int element, int term) {
    return index == null ? element : index[element * terms + term];
  }

  double factor(int element, int term) {
    return factor == null ? 1 : factor[element * terms + term];
  }

  double offset(int element) {
    return offset == null ? 0 : offset[element];
  }

  /** Whether every element is its source's, at the same place, but for factor and offset. */
  boolean inOrder() {
    if (terms != 1 || size() != Layout.size(source.dims())) {
      return false;
    }
    for (int i = 0; index != null && i < index.length; i++) {
      if (index[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Where each element stands in the source, if all of it is here in another order; else null. */
  int[] permutation() {
    if (terms != 1 || index == null || inOrder() || size() != Layout.size(source.dims())) {
      return null;
    }
    boolean[] seen = new boolean[size()];
    for (int from : index) {
      if (from < 0 || seen[from]) {
        return null;
      }
      seen[from] = true;
    }
    return index;
  }

  /** The elements of a permutation in the source's order. */
  Traced unmoved() {
    int[] back = new int[size()];
    for (int i = 0; i < back.length; i++) {
      back[index[i]] = i;
    }
    return pick(source.dims(), back, 0);
  }

  /** Whether it is its source, but for the shape. */
  boolean plain() {
    if (!inOrder()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!Tolerance.near(factor(i, 0), 1) || offset(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether both have the same elements. */
  boolean same(Traced other) {
    return source.equals(other.source)
        && terms == other.terms
        && size() == other.size()
        && (Arrays.equals(index, other.index) || inOrder() && other.inOrder())
        && factorsAs(other, 1)
        && offsetsAs(other, 1);
  }

  /** Whether this is {@code times} the other; offsets too. */
  boolean is(double times, Traced other) {
    return source.equals(other.source)
        && terms == 1
        && other.terms == 1
        && size() == other.size()
        && sameOrder(other)
        && factorsAs(other, times)
        && offsetsAs(other, times);
  }

  /** The one factor of all elements, which are in order; NaN if there is none. */
  double scale() {
    double scale = size() == 0 || !inOrder() ? Double.NaN : factor(0, 0);
    for (int i = 0; factor != null && i < size(); i++) {
      scale = Tolerance.near(factor[i], scale) ? scale : Double.NaN;
    }
    return scale;
  }

  /** The one offset of all elements; NaN if there is none. */
  double shift() {
    double shift = size() == 0 ? Double.NaN : offset(0);
    for (int i = 0; offset != null && i < size(); i++) {
      shift = Tolerance.near(offset[i], shift) ? shift : Double.NaN;
    }
    return shift;
  }

  private boolean sameOrder(Traced other) {
    for (int i = 0; i < size(); i++) {
      if (index(i, 0) != other.index(i, 0)) {
        return false;
      }
    }
    return true;
  }

  private boolean factorsAs(Traced other, double times) {
    for (int i = 0; i < size() * terms; i++) {
      double mine = factor == null ? 1 : factor[i];
      double its = other.factor == null ? 1 : other.factor[i];
      if (!Tolerance.near(mine, times * its)) {
        return false;
      }
    }
    return true;
  }

  private boolean offsetsAs(Traced other, double times) {
    for (int i = 0; i < size(); i++) {
      if (!Tolerance.near(offset(i), times * other.offset(i))) {
        return false;
      }
    }
    return true;
  }

  Traced reshaped(int[] to) {
    return new Traced(to, source, terms, index, factor, offset);
  }

  /** The elements that {@code pick} names, and {@code fill} where it is below zero. */
  Traced pick(int[] to, int[] pick, double fill) {
    int[] newIndex = new int[pick.length * terms];
    double[] newFactor = factor == null ? null : new double[pick.length * terms];
    double[] newOffset = new double[pick.length];
    for (int i = 0; i < pick.length; i++) {
      boolean none = pick[i] < 0;
      for (int t = 0; t < terms; t++) {
        newIndex[i * terms + t] = none ? -1 : index(pick[i], t);
        if (newFactor != null) {
          newFactor[i * terms + t] = none ? 0 : factor(pick[i], t);
        }
      }
      newOffset[i] = none ? fill : offset(pick[i]);
    }
    return new Traced(to, source, terms, newIndex, newFactor, zeroAsNull(newOffset));
  }

  /** Each element times a number. */
  Traced times(double[] by) {
    double[] newFactor = new double[size() * terms];
    double[] newOffset = new double[size()];
    for (int i = 0; i < by.length; i++) {
      for (int t = 0; t < terms; t++) {
        newFactor[i * terms + t] = factor(i, t) * by[i];
      }
      newOffset[i] = offset == null ? 0 : offset[i] * by[i];
    }
    return new Traced(dims, source, terms, index, newFactor, zeroAsNull(newOffset));
  }

  /** Each element plus a number. */
  Traced plus(double[] by) {
    double[] newOffset = new double[size()];
    for (int i = 0; i < by.length; i++) {
      newOffset[i] = offset(i) + by[i];
    }
    return new Traced(dims, source, terms, index, factor, zeroAsNull(newOffset));
  }

  /** The sum of two that stand on one source. */
  Traced plus(Traced other) {
    int both = terms + other.terms;
    int[] newIndex = new int[size() * both];
    double[] newFactor = new double[size() * both];
    double[] newOffset = new double[size()];
    for (int i = 0; i < size(); i++) {
      for (int t = 0; t < both; t++) {
        Traced from = t < terms ? this : other;
        int term = t < terms ? t : t - terms;
        newIndex[i * both + t] = from.index(i, term);
        newFactor[i * both + t] = from.factor(i, term);
      }
      newOffset[i] = offset(i) + other.offset(i);
    }
    return new Traced(dims, source, both, newIndex, newFactor, zeroAsNull(newOffset));
  }

  /** With the other's elements where {@code mask} is not below zero. */
  Traced overlaid(Traced other, int[] mask) {
    int most = Math.max(terms, other.terms);
    int[] newIndex = new int[size() * most];
    double[] newFactor = new double[size() * most];
    double[] newOffset = new double[size()];
    for (int i = 0; i < size(); i++) {
      Traced from = mask[i] < 0 ? this : other;
      for (int t = 0; t < most; t++) {
        newIndex[i * most + t] = t < from.terms ? from.index(i, t) : -1;
        newFactor[i * most + t] = t < from.terms ? from.factor(i, t) : 0;
      }
      newOffset[i] = from.offset(i);
    }
    return new Traced(dims, source, most, newIndex, newFactor, zeroAsNull(newOffset));
  }

  /** With numbers in place of the elements where {@code chosen} is false. */
  Traced where(boolean[] chosen, double[] otherwise) {
    int[] pick = new int[size()];
    double[] fill = new double[size()];
    for (int i = 0; i < pick.length; i++) {
      pick[i] = chosen[i] ? i : -1;
      fill[i] = chosen[i] ? 0 : otherwise[i];
    }
    return pick(dims, pick, 0).plus(fill);
  }

  private static double[] zeroAsNull(double[] offset) {
    for (double value : offset) {
      if (value != 0) {
        return offset;
      }
    }
    return null;
  }
}
