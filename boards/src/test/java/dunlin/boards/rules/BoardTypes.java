package dunlin.boards.rules;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/** The types and methods that board Java may name. */
final class BoardTypes {
  /** All of java.lang that a board has; what is added here must exist on every board runtime. */
  private static final Set<String> CALLS =
      Set.of(
          "java/lang/Object.<init>()V",
          "java/lang/Integer.numberOfLeadingZeros(I)I",
          "java/lang/Long.numberOfLeadingZeros(J)I",
          "java/lang/Math.max(II)I",
          "java/lang/Math.max(JJ)J",
          "java/lang/Math.min(II)I",
          "java/lang/Math.min(JJ)J",
          "java/lang/System.arraycopy(Ljava/lang/Object;ILjava/lang/Object;II)V");

  /** Packages of the boards module that are compiled for a board. */
  static final Set<String> DRIVERS =
      Set.of("cortexm", "mps2", "stm32", "stm32f4", "stm32h7", "stm32l4");

  private BoardTypes() {}

  /** Whether {@code name}, as in {@code dunlin/kernels/Dsp}, is compiled for a board. */
  static boolean isBoardClass(String name) {
    return name.startsWith("dunlin/kernels/")
        || name.startsWith("dunlin/firmware/")
        || name.startsWith("dunlin/hal/") && !name.startsWith("dunlin/hal/emulated/")
        || name.startsWith("dunlin/boards/") && DRIVERS.contains(name.split("/", -1)[2])
        || name.startsWith("dunlin/boards/rules/") // classes that break the other rules
        || name.equals("dunlin/boards/runtime/Traps");
  }

  /** Why board Java may not call a method, if so. */
  static Optional<String> refuseCall(String owner, String name, String descriptor) {
    if (isBoardClass(owner)) {
      return refuse(Type.getMethodType(descriptor));
    }
    String call = owner + "." + name + descriptor;
    return CALLS.contains(call) ? Optional.empty() : Optional.of("calls " + call);
  }

  /** Why board Java may not name a type, or a method's argument or return type, if so. */
  static Optional<String> refuse(Type type) {
    return switch (type.getSort()) {
      case Type.METHOD ->
          Stream.concat(Stream.of(type.getReturnType()), Stream.of(type.getArgumentTypes()))
              .flatMap(part -> refuse(part).stream())
              .findFirst();
      case Type.ARRAY -> refuse(type.getElementType());
      case Type.FLOAT, Type.DOUBLE -> Optional.of("floating point");
      case Type.OBJECT -> refuseClass(type.getInternalName());
      default -> Optional.empty();
    };
  }

  private static Optional<String> refuseClass(String name) {
    return isBoardClass(name) || name.equals("java/lang/Object")
        ? Optional.empty()
        : Optional.of("uses " + name);
  }
}
