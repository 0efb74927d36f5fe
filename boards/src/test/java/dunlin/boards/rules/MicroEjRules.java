package dunlin.boards.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What a MicroEJ VEE takes of a class file. The limits are those of MicroEJ's documentation
 * (Application Developer Guide, Limitations: Architectures 7.14 and later), the rules for natives
 * SNI's (VEE Porting Guide, Simple Native Interface, "Parameters Constraints").
 */
final class MicroEjRules {
  private static final int JAVA_7 = 51;
  private static final int MOST_PARAMETERS = 15;
  private static final int MOST_REFERENCES = 31;
  private static final int MOST_NUMBERS = 4096;
  private static final int MOST_BYTECODE = 65_536;

  private final MicroEjApi api;
  private final Set<String> ours;
  private final Set<String> used = new TreeSet<>();
  private final List<String> violations = new ArrayList<>();

  /**
   * @param ours the classes that go to MicroEJ, as in {@code dunlin/kernels/Natives}
   */
  MicroEjRules(MicroEjApi api, Set<String> ours) {
    this.api = api;
    this.ours = ours;
  }

  /** The names outside of {@code ours} that were met. */
  Set<String> used() {
    return used;
  }

  /** What was violated, each with its class and member. */
  List<String> violations() {
    return violations;
  }

  /** Checks a class file. */
  void check(byte[] classFile) {
    ClassNode type = new ClassNode();
    new ClassReader(classFile).accept(type, 0);
    int version = type.version & 0xffff;
    require(version <= JAVA_7, type.name, "class-file version " + version);
    checkFields(type);
    checkType(type.name, type.superName);
    type.interfaces.forEach(name -> checkType(type.name, name));
    type.methods.forEach(method -> checkMethod(type, method));
  }

  private void checkFields(ClassNode type) {
    int references = 0;
    int numbers = 0;
    for (FieldNode field : type.fields) {
      boolean reference = Type.getType(field.desc).getSort() >= Type.ARRAY;
      boolean instance = (field.access & Opcodes.ACC_STATIC) == 0;
      references += instance && reference ? 1 : 0;
      numbers += instance && !reference ? 1 : 0;
    }
    require(references <= MOST_REFERENCES, type.name, references + " fields of references");
    require(numbers <= MOST_NUMBERS, type.name, numbers + " fields of base types");
  }

  private void checkMethod(ClassNode type, MethodNode method) {
    String name = type.name + "." + method.name;
    boolean bodiless = (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0;
    boolean ofInterface = (type.access & Opcodes.ACC_INTERFACE) != 0;
    require(bodiless || !ofInterface, name, "interface method with a body");
    if ((method.access & Opcodes.ACC_NATIVE) != 0) {
      checkNative(type, method, name);
    }
    require(method.tryCatchBlocks.isEmpty(), name, "exception table");
    for (AbstractInsnNode instruction : method.instructions) {
      require(!(instruction instanceof InvokeDynamicInsnNode), name, "invokedynamic");
      if (instruction instanceof MethodInsnNode call) {
        checkCall(name, call);
      } else if (instruction instanceof FieldInsnNode field) {
        checkType(name, field.owner);
      } else if (instruction instanceof TypeInsnNode use) {
        checkType(name, use.desc);
      }
    }
    require(method.instructions.size() * 3 < MOST_BYTECODE, name, "too long");
  }

  /** Its function has no parameters in its name, as it had if the method was overloaded. */
  private void checkNative(ClassNode type, MethodNode method, String name) {
    require((method.access & Opcodes.ACC_STATIC) != 0, name, "native, but not static");
    Type[] parameters = Type.getArgumentTypes(method.desc);
    require(parameters.length <= MOST_PARAMETERS, name, parameters.length + " parameters");
    for (Type parameter : parameters) {
      boolean base = parameter.getSort() < Type.ARRAY;
      boolean array =
          parameter.getSort() == Type.ARRAY
              && parameter.getDimensions() == 1
              && parameter.getElementType().getSort() < Type.ARRAY;
      require(base || array, name, "parameter of " + parameter.getClassName());
    }
    require(Type.getReturnType(method.desc).getSort() < Type.ARRAY, name, "returns a reference");
    long namesakes = type.methods.stream().filter(m -> m.name.equals(method.name)).count();
    require(namesakes == 1, name, "native with a namesake");
  }

  private void checkCall(String name, MethodInsnNode call) {
    if (!ours.contains(call.owner)) {
      String called = call.owner + "." + call.name + call.desc;
      used.add(called);
      require(api.has(called), name, "calls " + called);
    }
  }

  private void checkType(String name, String type) {
    boolean known = ours.contains(type) || type.equals("java/lang/Object") || type.startsWith("[");
    require(known, name, "names " + type);
  }

  private void require(boolean holds, String where, String what) {
    if (!holds) {
      violations.add(where + ": " + what);
    }
  }
}
