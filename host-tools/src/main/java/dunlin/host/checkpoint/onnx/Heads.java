package dunlin.host.checkpoint.onnx;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.onnx.Source.Operation;
import java.util.Arrays;
import java.util.Locale;

/**
 * One of attention's three projections: which outputs of a linear layer a head reads, and in which
 * order.
 *
 * @param linear the projection; several may share one
 * @param heads H
 * @param headSize P
 * @param columns H·P outputs of the projection; of rotated ones, pairs are neighbours
 * @param bias H·P, as the columns
 * @param scale of all of them
 * @param rotation what rotary embedding does to them; null for nothing
 */
record Heads(
    Source linear,
    int heads,
    int headSize,
    int[] columns,
    double[] bias,
    double scale,
    Rotation rotation) {

  /**
   * Rotary embedding.
   *
   * @param order P places in a head, pairs side by side
   */
  record Rotation(double theta, int[] order) {
    boolean as(Rotation other) {
      return other != null
          && Tolerance.near(theta, other.theta)
          && Arrays.equals(order, other.order);
    }
  }

  /** How the elements of a head lie. */
  private interface Elements {
    int at(int head, int row, int place);
  }

  /** Queries or values: heads × rows × places. */
  static Heads ofRows(Parts parts, Traced value) {
    return of(parts, value, false);
  }

  /** Keys: heads × places × rows. */
  static Heads ofColumns(Parts parts, Traced value) {
    return of(parts, value, true);
  }

  private static Heads of(Parts parts, Traced value, boolean columns) {
    int[] dims = value.dims();
    int last = dims[dims.length - 1];
    int before = dims[dims.length - 2];
    int rows = columns ? last : before;
    int size = columns ? before : last;
    int heads = value.size() / Math.max(1, rows * size);
    Elements elements =
        columns
            ? (head, row, place) -> (head * size + place) * rows + row
            : (head, row, place) -> (head * rows + row) * size + place;
    return new Finder(parts, value, heads, rows, size, elements).find();
  }

  /** How many groups of neighbouring heads read the same outputs. */
  int groups() {
    int groups = 0;
    for (int head = 0; head < heads; head++) {
      groups += head == 0 || !Arrays.equals(head(head), head(head - 1)) ? 1 : 0;
    }
    return groups;
  }

  /** The outputs of the first head of each of {@code groups} equal groups; null if they differ. */
  int[] columns(int groups) {
    int[] first = new int[groups * headSize];
    int each = heads / groups;
    for (int head = 0; head < heads; head++) {
      if (head / each >= groups || !Arrays.equals(head(head), head(head / each * each))) {
        return null;
      }
      System.arraycopy(head(head), 0, first, head / each * headSize, headSize);
    }
    return first;
  }

  private int[] head(int head) {
    return Arrays.copyOfRange(columns, head * headSize, (head + 1) * headSize);
  }

  private record Finder(
      Parts parts, Traced value, int heads, int rows, int size, Elements elements) {
    Heads find() {
      Source linear = parts.expect(value, Operation.LINEAR);
      if (value.size() == 0 || value.terms() > 2) {
        throw refusal("a head's elements are sums of " + value.terms());
      }
      return value.terms() == 2 ? rotated(linear) : straight(linear);
    }

    private Heads straight(Source linear) {
      int[] columns = new int[heads * size];
      double[] bias = new double[columns.length];
      double scale = value.factor(0, 0);
      for (int i = 0; i < columns.length; i++) {
        int head = i / size;
        int place = i % size;
        columns[i] = column(head, 0, place, 0);
        bias[i] = value.offset(elements.at(head, 0, place)) / scale;
        for (int row = 0; row < rows; row++) {
          int element = elements.at(head, row, place);
          boolean holds =
              column(head, row, place, 0) == columns[i]
                  && Tolerance.near(value.factor(element, 0), scale)
                  && Tolerance.near(value.offset(element) / scale, bias[i]);
          if (!holds) {
            throw refusal("a head's elements differ from row to row");
          }
        }
      }
      return new Heads(linear, heads, size, columns, bias, scale, null);
    }

    /** The output of the projection of which an element is made, in its own row. */
    private int column(int head, int row, int place, int term) {
      int outputs = value.source().dims()[value.source().dims().length - 1];
      int column = value.index(elements.at(head, row, place), term) - row * outputs;
      if (column < 0 || column >= outputs) {
        throw refusal("a head mixes rows");
      }
      return column;
    }

    private Heads rotated(Source linear) {
      if (value.offset() != null || size % 2 != 0) {
        throw refusal("rotary embedding of odd heads, or with a bias");
      }
      Rotary first = new Rotary(0);
      Rotation rotation = first.rotation();
      int[] columns = new int[heads * size];
      for (int head = 0; head < heads; head++) {
        Rotary rotary = new Rotary(head);
        if (!rotation.as(rotary.rotation())) {
          throw refusal("heads are rotated in different ways");
        }
        for (int i = 0; i < size; i++) {
          columns[head * size + i] = rotary.own(rotation.order()[i]);
        }
      }
      return new Heads(
          linear, heads, size, columns, new double[columns.length], first.scale, rotation);
    }

    private Refusal refusal(String why) {
      return parts.refusal(value.source(), why);
    }

    /** One head: in row s, cos(s·ω) of each place and ∓ sin(s·ω) of its partner. */
    private final class Rotary {
      private static final double FLOATS = 1e-5; // tables hold floats
      private static final String ANGLES = "it is turned by other angles than position × θ^(−2i/P)";

      private final int head;
      private final double scale;

      Rotary(int head) {
        this.head = head;
        this.scale = cosine(0, 0);
        if (rows < 2) {
          throw refusal("a sequence of one token shows no rotary embedding");
        }
        if (scale == 0) {
          throw refusal(ANGLES);
        }
      }

      /** The term that is there in row 0, where all angles are 0. */
      private int ownTerm(int place) {
        return value.factor(elements.at(head, 0, place), 0) != 0 ? 0 : 1;
      }

      int own(int place) {
        return column(head, 0, place, ownTerm(place));
      }

      private int partner(int place) {
        int other = column(head, 0, place, 1 - ownTerm(place));
        for (int candidate = 0; candidate < size; candidate++) {
          if (own(candidate) == other) {
            return candidate;
          }
        }
        throw refusal("rotary embedding turns a place with one of another head");
      }

      private double cosine(int row, int place) {
        return value.factor(elements.at(head, row, place), ownTerm(place));
      }

      private double sine(int row, int place) {
        return value.factor(elements.at(head, row, place), 1 - ownTerm(place));
      }

      Rotation rotation() {
        int[] order = new int[size];
        int pairs = 0;
        for (int place = 0; place < size; place++) {
          if (sine(1, place) / scale < 0 && 2 * pairs < size) { // the first of a pair
            order[2 * pairs] = place;
            order[2 * pairs + 1] = partner(place);
            pairs++;
          }
        }
        double theta = theta(order);
        if (2 * pairs != size || !follows(order, theta)) {
          throw refusal(ANGLES);
        }
        return new Rotation(theta, order);
      }

      /** By the slowest pair, whose sine says its angle best; of six digits. */
      private double theta(int[] order) {
        if (size == 2) {
          return 10_000; // one pair turns by the position itself, whatever the base is
        }
        int last = order[size - 2];
        double angle = Math.atan2(-sine(1, last), cosine(1, last));
        double theta = Math.pow(angle, -size / (size - 2.0));
        return Double.parseDouble(String.format(Locale.ROOT, "%.5e", theta));
      }

      private boolean follows(int[] order, double theta) {
        for (int i = 0; i < size; i++) {
          boolean first = i % 2 == 0;
          int even = first ? i : i - 1;
          double turn = Math.pow(theta, -(double) even / size);
          for (int row = 0; row < rows; row++) {
            double sine = Math.sin(row * turn) * (first ? -1 : 1);
            boolean holds =
                Math.abs(cosine(row, order[i]) / scale - Math.cos(row * turn)) < FLOATS
                    && Math.abs(sine(row, order[i]) / scale - sine) < FLOATS
                    && partner(order[i]) == order[first ? i + 1 : i - 1];
            if (!holds) {
              return false;
            }
          }
        }
        return true;
      }
    }
  }
}
