package dunlin.mock;

import com.is2t.hil.HIL;
import com.is2t.hil.NativeInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays that one call of a kernel is handed. The simulator gives a mock empty copies: they are
 * fetched before the kernel runs, and what it has changed is written back after. That and no more:
 * arguments that are one array may come as several copies, and none may undo another's change.
 */
public final class CallArrays {
  private final NativeInterface simulator = HIL.getInstance();
  private final List<byte[]> arrays = new ArrayList<>();
  private final List<byte[]> before = new ArrayList<>();

  /** None so far. */
  public CallArrays() {}

  /** The argument with its elements; one that has none stands for the image. */
  public byte[] fetch(byte[] argument) {
    if (argument == null) {
      return null;
    }
    if (argument.length == 0) {
      return Simulation.image();
    }
    if (arrays.stream().noneMatch(array -> array == argument)) {
      simulator.refreshContent(argument);
      arrays.add(argument);
      before.add(argument.clone());
    }
    return argument;
  }

  /** Writes back what has changed. */
  public void writeBack() {
    for (int i = 0; i < arrays.size(); i++) {
      writeBack(arrays.get(i), before.get(i));
    }
  }

  private void writeBack(byte[] array, byte[] old) {
    int from = firstChanged(array, old, 0);
    while (from < array.length) {
      int to = from;
      while (to < array.length && array[to] != old[to]) {
        to++;
      }
      simulator.flushContent(array, from, to - from);
      from = firstChanged(array, old, to);
    }
  }

  private static int firstChanged(byte[] array, byte[] old, int from) {
    int same = Arrays.mismatch(array, from, array.length, old, from, old.length);
    return same < 0 ? array.length : from + same;
  }
}
