package dunlin.boards.sni;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The class files of this JVM, with substitutes under the names of what they replace. */
final class ClassFiles {
  private final Map<String, String> substitutes;
  private final SimpleRemapper names;
  private final Map<String, ClassNode> read = new HashMap<>();

  /**
   * @param substitutes classes, as in {@code dunlin/kernels/Dsp}, by those whose place they take
   */
  ClassFiles(Map<String, String> substitutes) {
    this.substitutes = substitutes;
    Map<String, String> originals = new HashMap<>();
    substitutes.forEach((original, substitute) -> originals.put(substitute, original));
    names = new SimpleRemapper(originals);
  }

  /** The class of that name. */
  ClassNode get(String name) {
    return read.computeIfAbsent(name, this::read);
  }

  /** The method that is called, of its class and of no parent. */
  MethodNode method(MethodInsnNode call) {
    return get(call.owner).methods.stream()
        .filter(method -> method.name.equals(call.name) && method.desc.equals(call.desc))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(call.owner + " has no " + call.name + call.desc));
  }

  private ClassNode read(String name) {
    String file = substitutes.getOrDefault(name, name) + ".class";
    try (InputStream in = ClassFiles.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      ClassNode node = new ClassNode();
      new ClassReader(in).accept(new ClassRemapper(node, names), 0);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
