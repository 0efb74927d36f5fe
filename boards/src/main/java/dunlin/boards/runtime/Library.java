package dunlin.boards.runtime;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;
import org.teavm.runtime.RuntimeArray;
import org.teavm.runtime.RuntimeClass;

/**
 * The methods of {@code Integer}, {@code Long} and {@code System} that board Java may call: in
 * firmware they are these. TeaVM's own would initialise their classes first, which lie in flash.
 */
@Unmanaged
@Include("cortexm.h")
public final class Library {
  private Library() {}

  /** As in {@link Integer}: CLZ. */
  @Import(name = "dunlin_clz")
  public static native int numberOfLeadingZeros(int v);

  /** As in {@link Long}. */
  public static int numberOfLeadingZeros(long v) {
    int high = (int) (v >>> 32);
    return high == 0 ? 32 + numberOfLeadingZeros((int) v) : numberOfLeadingZeros(high);
  }

  /** As in {@link System}, for arrays of one type. */
  public static void arraycopy(Object from, int fromAt, Object to, int toAt, int count) {
    if (from == null || to == null) {
      Traps.stop(Traps.NULL_POINTER);
    }
    RuntimeArray source = Address.ofObject(from).toStructure();
    RuntimeArray target = Address.ofObject(to).toStructure();
    if ((fromAt | toAt | count) < 0 || fromAt > source.size - count || toAt > target.size - count) {
      Traps.stop(Traps.ARRAY_INDEX);
    }
    int unit = Heap.unit(RuntimeClass.getClass(source));
    int header = Heap.header(unit);
    Address.moveMemoryBlock(
        Address.ofObject(from).add(header + fromAt * unit),
        Address.ofObject(to).add(header + toAt * unit),
        count * unit);
  }
}
