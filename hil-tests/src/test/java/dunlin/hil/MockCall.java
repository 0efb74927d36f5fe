package dunlin.hil;

import com.is2t.hil.NativeInterface;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * One call of a native in a double of MicroEJ's simulator. The mock gets empty copies of arrays; an
 * array that is several arguments is one copy or several, for the documentation does not say.
 */
final class MockCall implements NativeInterface {
  private final IdentityHashMap<Object, Object> originals = new IdentityHashMap<>();
  private final Object[] passed;
  private boolean suspended;

  MockCall(Object[] given, boolean copyEachArgument) {
    passed = given.clone();
    IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
    for (int i = 0; i < given.length; i++) {
      Object original = given[i];
      if (original != null && original.getClass().isArray()) {
        Object copy = copyEachArgument ? empty(original) : copies.get(original);
        passed[i] = copy == null ? empty(original) : copy;
        copies.put(original, passed[i]);
        originals.put(passed[i], original);
      }
    }
  }

  private static Object empty(Object array) {
    return Array.newInstance(array.getClass().getComponentType(), Array.getLength(array));
  }

  /** What the mock is handed. */
  Object[] arguments() {
    return Arrays.copyOf(passed, passed.length);
  }

  /** Whether the mock has left its thread suspended. */
  boolean isSuspended() {
    return suspended;
  }

  @Override
  public void refreshContent(Object array) {
    refreshContent(array, 0, Array.getLength(array));
  }

  @Override
  public void refreshContent(Object array, int offset, int length) {
    System.arraycopy(original(array), offset, array, offset, length);
  }

  @Override
  public void flushContent(Object array, int offset, int length) {
    System.arraycopy(array, offset, original(array), offset, length);
  }

  private Object original(Object array) {
    Object original = originals.get(array);
    if (original == null) {
      throw new IllegalArgumentException("no array of this call");
    }
    return original;
  }

  @Override
  public void notifySuspendStart() {
    suspended = true;
  }

  @Override
  public void notifySuspendEnd() {
    suspended = false;
  }
}
