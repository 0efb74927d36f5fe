package dunlin.boards.rules;

/** Classes that break one rule of board Java each, apart from being compiled for Java 17. */
@SuppressWarnings("unused")
final class Offences {
  private Offences() {}

  static final class NewClassFile {
    private static final int UNIT = 3;
    private final byte[] memory = new byte[UNIT];

    int top(int offset, long wide) {
      System.arraycopy(memory, 0, memory, 1, 2);
      return Math.max(memory[offset], Integer.numberOfLeadingZeros((int) wide));
    }
  }

  static class Open {}

  static final class Subclass extends Exception {
    private static final long serialVersionUID = 1;
  }

  @FunctionalInterface
  interface RunTimeAnnotation {
    void run();
  }

  abstract static class ForeignInterface implements Runnable {}

  static final class FloatField {
    float scale;
  }

  static final class FloatConstant {
    boolean half(Object o) {
      return 0.5 < o.hashCode();
    }
  }

  static final class FloatConversion {
    int convert(int a) {
      return (int) Math.sqrt(a);
    }
  }

  static final class FloatArgument {
    void take(double a) {}
  }

  static final class DoubleArray {
    Object make() {
      return new double[1];
    }
  }

  static final class MutableStatic {
    static int count;
  }

  static final class StaticArray {
    static final int[] TABLE = {1, 2};
  }

  static final class Lambda {
    Object make() {
      Runnable r = () -> {};
      return r;
    }
  }

  static final class Concatenation {
    Object name(int i) {
      return "node " + i;
    }
  }

  static final class StringConstant {
    Object name() {
      return "node";
    }
  }

  static final class ClassConstant {
    Object type() {
      return Offences.class;
    }
  }

  static final class Boxing {
    Object box(int i) {
      return i;
    }
  }

  static final class Clone {
    Object copy(int[] a) {
      return a.clone();
    }
  }

  static final class SystemOut {
    void print(int i) {
      System.out.println(i);
    }
  }

  static final class SynchronizedMethod {
    synchronized void tick() {}
  }

  static final class SynchronizedBlock {
    void tick() {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  static final class TryCatch {
    int get(int[] a) {
      try {
        return a[0];
      } catch (ArrayIndexOutOfBoundsException e) {
        return 0;
      }
    }
  }

  static final class Throw {
    void refuse(int i) {
      if (i < 0) {
        throw new IllegalStateException();
      }
    }
  }

  interface InterfaceBody {
    default int one() {
      return 1;
    }
  }
}
