package dunlin.boards.sni;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which methods of kernels loop, or call what loops: they are worth a native. Sizes, and candidates
 * of two words, are not.
 */
final class Kernels {
  private static final String PACKAGE = "dunlin/kernels/";

  private final ClassFiles classes = new ClassFiles(Map.of());
  private final Map<String, Boolean> looping = new HashMap<>();

  static boolean isKernel(String owner) {
    return owner.startsWith(PACKAGE);
  }

  /** The method that is called. */
  MethodNode method(MethodInsnNode call) {
    return classes.method(call);
  }

  /** Whether the method that is called has a loop, or calls a kernel that does. */
  boolean loops(MethodInsnNode call) {
    String key = call.owner + "." + call.name + call.desc;
    Boolean known = looping.get(key);
    if (known == null) {
      known = loops(classes.method(call));
      looping.put(key, known);
    }
    return known;
  }

  private boolean loops(MethodNode method) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof JumpInsnNode jump
          && method.instructions.indexOf(jump.label) < method.instructions.indexOf(jump)) {
        return true;
      }
      if (instruction instanceof MethodInsnNode call && isKernel(call.owner) && loops(call)) {
        return true;
      }
    }
    return false;
  }
}
