package dunlin.hil;

import dunlin.boards.sni.NativeMethod;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.Type;

/**
 * C by which the JVM calls natives of SNI: JNI's natives have the same names but other parameters,
 * so SNI's are renamed.
 */
final class JniSources {
  private JniSources() {}

  /** Renames SNI's natives; to be included before they are compiled. */
  static String names(Collection<NativeMethod> natives) {
    return natives.stream()
        .map(method -> "#define %s %s%n".formatted(method.symbol(), renamed(method)))
        .collect(Collectors.joining());
  }

  /** JNI's natives: each tells where its arrays lie and calls SNI's. */
  static String natives(Collection<NativeMethod> natives) {
    return natives.stream()
        .map(JniSources::function)
        .collect(
            Collectors.joining(
                "\n",
                """
                #include <sni.h>
                void dunlin_entered(const void *array, jint length);
                void dunlin_left(void);

                """,
                ""));
  }

  private static String renamed(NativeMethod method) {
    return method.symbol().replaceFirst("Java_", "sni_");
  }

  private static String function(NativeMethod method) {
    List<Type> types = method.types();
    String name = renamed(method);
    String returned = method.returned().getSort() == Type.VOID ? "" : "result = ";
    String result =
        returned.isEmpty() ? "" : "    j" + method.returned().getClassName() + " result;";
    StringBuilder text = new StringBuilder();
    text.append("extern ").append(method.declaration(name)).append(";\n");
    text.append("JNIEXPORT ").append(jniDeclaration(method)).append(" {\n");
    text.append(result.isEmpty() ? "" : result + "\n");
    arrays(types).forEach(i -> text.append(entering(method, i)));
    text.append("    ").append(returned).append(name).append("(").append(arguments(types));
    text.append(");\n    dunlin_left();\n");
    arrays(types).forEach(i -> text.append(leaving(i)));
    return text.append(returned.isEmpty() ? "" : "    return result;\n").append("}\n").toString();
  }

  private static String jniDeclaration(NativeMethod method) {
    Type returned = method.returned();
    List<Type> types = method.types();
    String list =
        IntStream.range(0, types.size())
            .mapToObj(i -> ", " + jniType(types.get(i)) + " a" + i)
            .collect(Collectors.joining());
    return "%s JNICALL %s(JNIEnv *env, jclass type%s)"
        .formatted(
            returned.getSort() == Type.VOID ? "void" : "j" + returned.getClassName(),
            method.symbol(),
            list);
  }

  private static String jniType(Type type) {
    return type.getSort() == Type.ARRAY
        ? "j" + type.getElementType().getClassName() + "Array"
        : "j" + type.getClassName();
  }

  private static List<Integer> arrays(List<Type> types) {
    return IntStream.range(0, types.size())
        .filter(i -> types.get(i).getSort() == Type.ARRAY)
        .boxed()
        .toList();
  }

  private static String entering(NativeMethod method, int i) {
    String element = method.types().get(i).getElementType().getClassName();
    return """
            jint n%1$d = a%1$d == NULL ? 0 : (*env)->GetArrayLength(env, a%1$d);
            j%2$s *p%1$d = a%1$d == NULL ? NULL : (*env)->GetPrimitiveArrayCritical(env, a%1$d, NULL);
            dunlin_entered(p%1$d, n%1$d);
        """
        .formatted(i, element);
  }

  private static String leaving(int i) {
    return "    if (a%1$d != NULL) (*env)->ReleasePrimitiveArrayCritical(env, a%1$d, p%1$d, 0);%n"
        .formatted(i);
  }

  private static String arguments(List<Type> types) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> (types.get(i).getSort() == Type.ARRAY ? "p" : "a") + i)
        .collect(Collectors.joining(", "));
  }
}
