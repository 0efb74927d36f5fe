package dunlin.hil;

/** Results of arithmetic, arrays, dispatch and evaluation order, eight bytes each. */
@SuppressWarnings({ // it tries what these warn of
  "NarrowCalculation",
  "NarrowingCompoundAssignment",
  "StatementSwitchToExpressionSwitch",
  "UnnecessaryLongToIntConversion"
})
final class LanguageResults {
  private static final int GROUPS = 177;

  private final byte[] bytes = new byte[8 * GROUPS];
  private int count;
  private int calls;

  /** The results so far, mixed. */
  private long mixed;

  /** All of them. */
  byte[] all() {
    int[] ints = {0, 1, -1, 7, -7, 31, 32, 33, 255, -128, 1 << 30, Integer.MAX_VALUE, 1 << 31};
    for (int a : ints) {
      unary(a);
      for (int b : ints) {
        if (a != b || (a & 1) == 0) {
          binary(a, b);
        }
      }
    }
    arrays();
    order();
    dispatch();
    return bytes;
  }

  /** A wrong result changes all that follow. */
  private void mix(long value) {
    mixed = (mixed ^ value) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 29;
  }

  private void put() {
    for (int i = 0; i < 8; i++) {
      bytes[count++] = (byte) (mixed >>> 8 * i);
    }
  }

  private void unary(int a) {
    long wide = (long) a << 33 ^ a;
    mix((byte) a);
    mix((short) a);
    mix((char) a);
    mix((int) wide);
    mix(-a);
    mix(~wide);
    mix(Integer.numberOfLeadingZeros(a));
    mix(Long.numberOfLeadingZeros(wide));
    byte narrow = (byte) a;
    narrow += 200;
    char wrapped = (char) a;
    wrapped--;
    mix(narrow);
    mix(wrapped);
    put();
  }

  private void binary(int a, int b) {
    long wideA = (long) a * 0x1_0001;
    long wideB = (long) b * 3 - 1;
    mix(a + b);
    mix(a - b);
    mix(a * b);
    mix((long) a * b >> 32);
    mix(a << b);
    mix(a >> b);
    mix(a >>> b);
    mix(wideA << b);
    mix(wideA >> b);
    mix(wideA >>> b);
    mix(wideA * wideB);
    if (b != 0) {
      mix(a / b);
      mix(a % b);
    }
    mix(wideA / wideB);
    mix(wideA % wideB);
    mix(a < b ? 1 : a > b ? 2 : 3);
    mix(wideA < wideB ? 1 : wideA > wideB ? 2 : 3);
    mix(Math.max(a, b) ^ Math.min(b, a));
    mix(Math.max(wideA, wideB));
    put();
  }

  private void arrays() {
    byte[] signed = {-1, (byte) 128, 127};
    char[] unsigned = {0xFFFF, 1};
    short[] halves = {-2, (short) 0x8000};
    long[] wide = new long[3];
    int[][] table = new int[2][3];
    boolean[] flags = new boolean[2];
    wide[1] = Long.MIN_VALUE;
    table[1][2] = 5;
    flags[1] = true;
    mix(signed[0] + signed[1] + signed[2]);
    mix(unsigned[0] + unsigned[1]);
    mix(halves[0] + halves[1]);
    mix(wide[0] + wide[1] + wide[2]);
    mix(table.length * 100 + table[0].length * 10 + table[1][2] + table[0][2]);
    mix(flags[0] == flags[1] ? 1 : 2);
    System.arraycopy(signed, 0, signed, 1, 2);
    mix(signed[0] * 10_000 + signed[1] * 100 + signed[2]);
    put();
  }

  /** Operands are evaluated from left to right, an assignment's target first. */
  private void order() {
    int[] a = {10, 20, 30, 40};
    int i = 0;
    a[i++] = a[i] + i++;
    mix(a[0] * 10 + i);
    i = 1;
    a[i] = i = 3;
    mix(a[1] * 10 + i);
    i = i++ + ++i;
    mix(i);
    mix(call(2) - call(3) * call(4));
    mix(call(0) == 1 && call(1) == 1 || call(2) == 2 ? calls : -calls);
    put();
  }

  private int call(int n) {
    calls = calls * 5 + n;
    return n;
  }

  private interface Shape {
    int area(int side);
  }

  private static final class Square implements Shape {
    @Override
    public int area(int side) {
      return side * side;
    }
  }

  private static final class Strip implements Shape {
    private final int width;

    Strip(int width) {
      this.width = width;
    }

    @Override
    public int area(int side) {
      return side * width;
    }
  }

  private void dispatch() {
    Shape[] shapes = {new Square(), new Strip(3), new Square(), null};
    for (Shape shape : shapes) {
      mix(shape == null ? -1 : shape.area(9));
      mix(shape instanceof Strip ? 1 : 0);
      mix(shape instanceof Square ? 1 : 0);
    }
    for (int n = -2; n < 40; n++) {
      mix(chosen(n));
    }
    put();
  }

  private static int chosen(int n) {
    switch (n) {
      case -1:
        return 7;
      case 0:
      case 1:
        n += 3;
        break;
      case 30:
        return -n;
      default:
        n ^= 0x55;
    }
    return n;
  }
}
