package dunlin.boards.runtime;

import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.interop.Import;
import org.teavm.interop.Structure;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;
import org.teavm.runtime.RuntimeArray;
import org.teavm.runtime.RuntimeClass;
import org.teavm.runtime.RuntimeObject;

/**
 * Allocates at boot and never frees: takes the place of {@code org.teavm.runtime.Allocator}, and
 * with it of the garbage collector. Memory lies between two symbols of the linker script.
 */
@Unmanaged
@Include("cortexm.h")
public final class Heap {
  /** Of objects: what LDRD wants, for a long. */
  private static final int ALIGNMENT = 4;

  /** Of classes: an object's header counts them in units of so many bytes. */
  private static final int CLASS_ALIGNMENT = 8;

  /** Bytes before an array's elements: two words of any object, and the length. */
  private static final int ARRAY_HEADER = 12;

  /** Where the next object goes; null before the first. */
  private static Address top;

  /** Classes of arrays of references, made when the first such array is; chained by next. */
  private static RuntimeClass arrayClasses;

  private Heap() {}

  @Import(name = "dunlin_heapStart")
  private static native Address start();

  @Import(name = "dunlin_heapEnd")
  private static native Address end();

  /** Bytes that are left. */
  private static int free() {
    if (top == null) {
      top = start();
    }
    return end().toInt() - top.toInt();
  }

  /** A zeroed object; {@code new} compiles to this. */
  public static Address allocate(RuntimeClass type) {
    Address memory = take(type.size);
    RuntimeObject object = memory.toStructure();
    object.classReference = type.pack();
    return memory;
  }

  /** A zeroed array. */
  public static Address allocateArray(RuntimeClass type, int length) {
    if (length < 0) {
      Traps.stop(Traps.NEGATIVE_ARRAY_SIZE);
    }
    int unit = unit(type);
    int header = header(unit);
    if (length > (free() - header) / unit) {
      Traps.stop(Traps.OUT_OF_MEMORY);
    }
    Address memory = take(header + length * unit);
    RuntimeArray array = memory.toStructure();
    array.classReference = type.pack();
    array.size = length;
    return memory;
  }

  /** Bytes of an element of an array's class. */
  static int unit(RuntimeClass type) {
    return RuntimeClass.isPrimitive(type.itemType) ? type.itemType.size : 4;
  }

  /** Bytes before the elements, each of which takes {@code unit}. */
  static int header(int unit) {
    return ARRAY_HEADER + unit - 1 & -unit;
  }

  /** An array of arrays, the outer one {@code dimensions[0]} long. */
  public static RuntimeArray allocateMultiArray(RuntimeClass type, Address dimensions, int count) {
    int length = dimensions.getInt();
    Address memory = allocateArray(type, length);
    if (count > 1) {
      Address element = memory.add(ARRAY_HEADER);
      for (int i = 0; i < length; i++) {
        RuntimeArray inner = allocateMultiArray(type.itemType, dimensions.add(4), count - 1);
        element.putAddress(inner.toAddress());
        element = element.add(4);
      }
    }
    return memory.toStructure();
  }

  /** The class of arrays of {@code item}. */
  @Export(name = "dunlin_arrayClass")
  public static RuntimeClass arrayClass(RuntimeClass item) {
    if (item.arrayType != null) {
      return item.arrayType; // of a primitive type
    }
    for (RuntimeClass known = arrayClasses; known != null; known = known.next) {
      if (known.itemType == item) {
        return known;
      }
    }
    top = Address.align(top, CLASS_ALIGNMENT); // some object was made before
    RuntimeClass made = take(Structure.sizeOf(RuntimeClass.class)).toStructure();
    made.size = 4;
    made.itemType = item;
    made.next = arrayClasses;
    arrayClasses = made;
    return made;
  }

  private static Address take(int bytes) {
    int size = bytes + ALIGNMENT - 1 & -ALIGNMENT;
    if (size > free()) {
      Traps.stop(Traps.OUT_OF_MEMORY);
    }
    Address memory = top;
    Address.fillZero(memory, size);
    top = memory.add(size);
    return memory;
  }
}
