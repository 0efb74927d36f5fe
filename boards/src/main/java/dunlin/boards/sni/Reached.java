package dunlin.boards.sni;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The classes and methods of Dunlin that an entry reaches. A call by interface reaches whatever has
 * the name: more than what runs, never less.
 */
final class Reached {
  private static final String OURS = "dunlin/";

  private final ClassFiles files;
  private final Predicate<MethodInsnNode> ends;
  private final NavigableMap<String, ClassNode> types = new TreeMap<>();
  private final Set<MethodNode> methods = new HashSet<>();
  private final Set<String> calledByName = new HashSet<>();
  private final List<MethodInsnNode> natives = new ArrayList<>();
  private final Deque<MethodNode> toVisit = new ArrayDeque<>();

  /**
   * @param ends calls that lead out of managed code
   */
  Reached(ClassFiles files, Predicate<MethodInsnNode> ends) {
    this.files = files;
    this.ends = ends;
  }

  /** Follows all methods of a class. */
  void start(String entry) {
    type(entry);
    files.get(entry).methods.forEach(this::method);
    while (!toVisit.isEmpty()) {
      visit(toVisit.pop());
    }
  }

  /**
   * The classes, each with the methods that are reached and without constants, which are inlined.
   */
  Collection<ClassNode> classes() {
    for (ClassNode type : types.values()) {
      type.methods.removeIf(method -> !methods.contains(method));
      type.fields.removeIf(field -> field.value != null);
    }
    return types.values();
  }

  /** Calls that led out of managed code. */
  List<MethodInsnNode> natives() {
    return natives;
  }

  static boolean isNative(MethodNode method) {
    return (method.access & Opcodes.ACC_NATIVE) != 0;
  }

  private void type(String name) {
    if (name.startsWith(OURS) && !types.containsKey(name)) {
      ClassNode type = files.get(name);
      types.put(name, type);
      type.interfaces.forEach(this::type);
      type.fields.forEach(field -> mention(Type.getType(field.desc)));
      type.methods.stream().filter(this::isCalledByName).forEach(this::method);
    }
  }

  private boolean isCalledByName(MethodNode method) {
    return calledByName.contains(method.name + method.desc);
  }

  private void method(MethodNode method) {
    if (methods.add(method)) {
      toVisit.push(method);
    }
  }

  private void mention(Type type) {
    switch (type.getSort()) {
      case Type.ARRAY -> mention(type.getElementType());
      case Type.OBJECT -> type(type.getInternalName());
      case Type.METHOD -> {
        mention(type.getReturnType());
        List.of(type.getArgumentTypes()).forEach(this::mention);
      }
      default -> {}
    }
  }

  private void visit(MethodNode method) {
    mention(Type.getMethodType(method.desc));
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof MethodInsnNode call) {
        call(call);
      } else if (instruction instanceof FieldInsnNode field) {
        mention(Type.getObjectType(field.owner));
      } else if (instruction instanceof TypeInsnNode use) {
        mention(Type.getObjectType(use.desc));
      } else if (instruction instanceof MultiANewArrayInsnNode array) {
        mention(Type.getType(array.desc));
      }
    }
  }

  private void call(MethodInsnNode call) {
    if (!call.owner.startsWith(OURS)) {
      return;
    }
    if (ends.test(call)) {
      natives.add(call);
      return;
    }
    type(call.owner);
    if (call.getOpcode() != Opcodes.INVOKEINTERFACE) {
      method(files.method(call));
    } else if (calledByName.add(call.name + call.desc)) {
      for (ClassNode type : List.copyOf(types.values())) {
        type.methods.stream().filter(this::isCalledByName).forEach(this::method);
      }
    }
  }
}
