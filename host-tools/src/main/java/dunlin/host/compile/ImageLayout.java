package dunlin.host.compile;

import dunlin.firmware.ImageHeader;
import dunlin.host.compile.Operand.Constant;
import java.util.IdentityHashMap;
import java.util.function.ObjIntConsumer;

/** Where the parts of an image lie: header, program, then each constant once, all on words. */
final class ImageLayout {
  /** What fields that refer to weights are called. */
  private static final String WEIGHTS = "weights";

  private final int programBytes;
  private final IdentityHashMap<Constant, Long> offsets = new IdentityHashMap<>();
  private long weightBytes;
  private long bytes;

  ImageLayout(Program program) {
    programBytes = program.bytes();
    bytes = (long) ImageHeader.BYTES + programBytes;
    for (Program.Step op : program.steps()) {
      for (OpFormat.Field field : op.format().fields()) {
        if (op.value(field) instanceof Program.Part part
            && part.operand() instanceof Constant constant
            && !offsets.containsKey(constant)) {
          place(constant, field.name().equals(WEIGHTS));
        }
      }
    }
  }

  private void place(Constant constant, boolean weights) {
    long end = (bytes + constant.size() + 3) & -4;
    offsets.put(constant, bytes);
    weightBytes += weights ? end - bytes : 0;
    bytes = end;
  }

  /** Size of the image. */
  long bytes() {
    return bytes;
  }

  /** What weights take of it. */
  long weightBytes() {
    return weightBytes;
  }

  /** What header and program take of it. */
  long programBytes() {
    return (long) ImageHeader.BYTES + programBytes;
  }

  /** Where a constant lies, in an image of less than 2 GB. */
  int offset(Constant constant) {
    return Math.toIntExact(offsets.get(constant));
  }

  /** Every constant, and where it lies. */
  void forEach(ObjIntConsumer<Constant> action) {
    offsets.keySet().forEach(constant -> action.accept(constant, offset(constant)));
  }
}
