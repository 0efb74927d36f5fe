package dunlin.boards.sni;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A static native of the managed node, and its function in C.
 *
 * @param owner its class, as in {@code dunlin/kernels/Natives}
 * @param descriptor as in class files
 * @param parameters their names
 */
public record NativeMethod(String owner, String name, String descriptor, List<String> parameters)
    implements Comparable<NativeMethod> {
  private static final Comparator<NativeMethod> ORDER =
      Comparator.comparing(NativeMethod::owner).thenComparing(NativeMethod::name);

  /** A class's method; its parameters keep the names that the class file knows. */
  static NativeMethod of(String owner, MethodNode method) {
    List<String> names = new ArrayList<>();
    int slot = 0;
    for (Type type : Type.getArgumentTypes(method.desc)) {
      names.add(variable(method, slot, names.size()));
      slot += type.getSize();
    }
    return new NativeMethod(owner, method.name, method.desc, List.copyOf(names));
  }

  private static String variable(MethodNode method, int slot, int index) {
    List<LocalVariableNode> variables =
        method.localVariables == null ? List.of() : method.localVariables;
    return variables.stream()
        .filter(variable -> variable.index == slot)
        .map(variable -> variable.name)
        .findFirst()
        .orElse("p" + index);
  }

  /** The function that SNI calls: package, class and name; an underscore becomes {@code _1}. */
  public String symbol() {
    return "Java_" + (owner + "/" + name).replace("_", "_1").replace('/', '_');
  }

  /** Types of the parameters. */
  public List<Type> types() {
    return List.of(Type.getArgumentTypes(descriptor));
  }

  /** The type that is returned. */
  public Type returned() {
    return Type.getReturnType(descriptor);
  }

  /** A declaration in C by the types of sni.h: {@code void name(jint layout, jbyte *w)}. */
  public String declaration(String function) {
    List<Type> types = types();
    String list =
        IntStream.range(0, types.size())
            .mapToObj(i -> ctype(types.get(i)) + parameters.get(i))
            .collect(Collectors.joining(", "));
    return ctype(returned()) + function + "(" + (list.isEmpty() ? "void" : list) + ")";
  }

  private static String ctype(Type type) {
    return type.getSort() == Type.ARRAY
        ? "j" + type.getElementType().getClassName() + " *"
        : (type.getSort() == Type.VOID ? "void" : "j" + type.getClassName()) + " ";
  }

  @Override
  public int compareTo(NativeMethod other) {
    return ORDER.compare(this, other);
  }
}
