package dunlin.boards.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The rules of board Java for a class and its members; {@link CodeRules} has those for
 * instructions. They keep out what a board cannot pay for (boxed numbers, strings, class
 * initialisers, software floating point, unwinding) and what Java 7 class files cannot hold.
 */
final class BoardJava {
  private static final int JAVA_8 = 52;

  /** What tells TeaVM how to compile a class. */
  private static final String COMPILERS_OWN = "Lorg/teavm/interop/";

  private final ClassNode type = new ClassNode();
  private final List<String> violations = new ArrayList<>();

  private BoardJava() {}

  /** The violations in one class file, each naming class, member and line; empty if none. */
  static List<String> violations(InputStream classFile) throws IOException {
    BoardJava rules = new BoardJava();
    new ClassReader(classFile).accept(rules.type, ClassReader.SKIP_FRAMES);
    rules.checkClass();
    return rules.violations;
  }

  private void checkClass() {
    int version = type.version & 0xffff;
    if (version > JAVA_8) {
      violation("", "class-file version " + version + ", at most " + JAVA_8 + " (Java 8)");
    }
    if (is(type.access, Opcodes.ACC_ANNOTATION)) {
      return; // no code, and nothing of it reaches a board
    }
    if (!is(type.access, Opcodes.ACC_FINAL) && !is(type.access, Opcodes.ACC_INTERFACE)) {
      violation("", "neither final nor an interface");
    }
    if (!type.superName.equals("java/lang/Object")) {
      violation("", "extends " + type.superName + ", not Object");
    }
    if (type.visibleAnnotations != null) {
      type.visibleAnnotations.stream()
          .map(annotation -> annotation.desc)
          .filter(name -> !name.startsWith(COMPILERS_OWN))
          .forEach(name -> violation("", "run-time annotation " + name));
    }
    for (String name : type.interfaces) {
      BoardTypes.refuse(Type.getObjectType(name)).ifPresent(why -> violation("", why));
    }
    type.fields.forEach(this::checkField);
    type.methods.forEach(this::checkMethod);
  }

  private void checkField(FieldNode field) {
    String member = "." + field.name;
    BoardTypes.refuse(Type.getType(field.desc)).ifPresent(why -> violation(member, why));
    if (is(field.access, Opcodes.ACC_STATIC)) {
      if (!is(field.access, Opcodes.ACC_FINAL)) {
        violation(member, "static field that is not final");
      } else if (field.value == null) {
        violation(member, "static field that is not a primitive constant");
      }
    }
  }

  private void checkMethod(MethodNode method) {
    CodeRules code = new CodeRules(type.name, method, violations);
    code.check();
    if (is(method.access, Opcodes.ACC_SYNCHRONIZED)) {
      code.violation("synchronized");
    }
    if (method.name.equals("<clinit>")) {
      code.violation("class initialiser");
    }
    if (is(type.access, Opcodes.ACC_INTERFACE) && !is(method.access, Opcodes.ACC_ABSTRACT)) {
      code.violation("interface method with a body: Java 7 has none");
    }
  }

  private void violation(String member, String what) {
    violations.add(type.name.replace('/', '.') + member + ": " + what);
  }

  private static boolean is(int access, int flag) {
    return (access & flag) != 0;
  }
}
