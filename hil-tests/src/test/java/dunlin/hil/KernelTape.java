package dunlin.hil;

import dunlin.boards.sni.KernelNative;
import dunlin.boards.sni.ManagedNode;
import dunlin.kernels.Crc;
import dunlin.kernels.CrcTable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * The first calls of each kernel that a managed node makes, with the contents of their arrays. A
 * class in the place of {@link ManagedNode#NATIVES} has the JVM's kernels execute them.
 */
public final class KernelTape {
  /** Calls of each kernel that are kept. */
  private static final int CALLS = 3;

  private static final Type SELF = Type.getType(KernelTape.class);

  private static Map<String, KernelNative> kernels;
  private static Map<String, List<String>> calls;
  private static final List<byte[]> IMAGES = new ArrayList<>();

  private KernelTape() {}

  /** Begins a tape: what a node of {@code flash} calls from now on. */
  static void begin(ManagedNode node, byte[] flash) {
    kernels =
        node.kernels().stream()
            .collect(Collectors.toMap(k -> k.method().name(), Function.identity()));
    calls = calls == null ? new LinkedHashMap<>() : calls;
    IMAGES.add(flash);
  }

  /** Kernels that were not called so far. */
  static List<String> missing() {
    return kernels.keySet().stream().filter(name -> !calls.containsKey(name)).sorted().toList();
  }

  /** How many calls there are. */
  static int size() {
    return calls == null ? 0 : calls.values().stream().mapToInt(List::size).sum();
  }

  /** The calls in C. */
  static String text() {
    String natives =
        kernels.values().stream()
            .map(kernel -> kernel.method().declaration(kernel.method().symbol()) + ";\n")
            .collect(Collectors.joining());
    String images =
        IntStream.range(0, IMAGES.size())
            .mapToObj(
                i ->
                    "static const int8_t image%d[] __attribute__((aligned(4))) = {%s};%n"
                        .formatted(i, list(IMAGES.get(i))))
            .collect(Collectors.joining());
    return calls.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.joining("", natives + images + "static void calls(void) {\n", "}\n"));
  }

  /** The class that takes the place of the natives. */
  static byte[] classFile(ManagedNode node) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL;
    writer.visit(Opcodes.V1_7, access, ManagedNode.NATIVES, null, "java/lang/Object", null);
    for (KernelNative kernel : node.kernels()) {
      method(writer, kernel);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void method(ClassWriter writer, KernelNative kernel) {
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    Method method = new Method(kernel.method().name(), kernel.method().descriptor());
    MethodVisitor body =
        writer.visitMethod(access, method.getName(), method.getDescriptor(), null, null);
    GeneratorAdapter code =
        new GeneratorAdapter(body, access, method.getName(), method.getDescriptor());
    code.push(kernel.method().name());
    code.loadArgArray();
    code.invokeStatic(SELF, Method.getMethod("Object call(String, Object[])"));
    if (method.getReturnType().getSort() == Type.VOID) {
      code.pop();
    } else {
      code.unbox(method.getReturnType());
    }
    code.returnValue();
    code.endMethod();
  }

  /** Executes a kernel, and keeps the call. */
  public static Object call(String name, Object[] given) throws Throwable {
    KernelNative kernel = kernels.get(name);
    List<String> kept = calls.computeIfAbsent(name, n -> new ArrayList<>());
    List<byte[]> arrays = arrays(given);
    List<byte[]> before = arrays.stream().map(byte[]::clone).toList();
    Object result = execute(kernel, given);
    if (kept.size() < CALLS) {
      kept.add(text(kernel, given, arrays, before));
    }
    return result;
  }

  private static Object execute(KernelNative kernel, Object[] given) throws Throwable {
    ClassLoader loader = KernelTape.class.getClassLoader();
    MethodType type = MethodType.fromMethodDescriptorString(kernel.method().descriptor(), loader);
    Class<?> owner = Class.forName(kernel.owner().replace('/', '.'));
    MethodHandle method = MethodHandles.lookup().findStatic(owner, kernel.name(), type);
    Object[] passed = given.clone();
    for (int i = 0; i < passed.length; i++) {
      passed[i] = passed[i] instanceof byte[] array && array.length == 0 ? image() : passed[i];
    }
    if (owner == Crc.class) {
      passed[0] = crcTable(); // managed code has none: the library's is in flash
    }
    return method.invokeWithArguments(passed);
  }

  private static byte[] crcTable() {
    byte[] table = new byte[CrcTable.bytes()];
    CrcTable.make(table);
    return table;
  }

  /** Of the node that calls. */
  private static byte[] image() {
    return IMAGES.get(IMAGES.size() - 1);
  }

  /** The different arrays among arguments. */
  private static List<byte[]> arrays(Object[] given) {
    List<byte[]> arrays = new ArrayList<>();
    for (Object argument : given) {
      if (argument instanceof byte[] array && arrays.stream().noneMatch(a -> a == array)) {
        arrays.add(array);
      }
    }
    return arrays;
  }

  private static String text(
      KernelNative kernel, Object[] given, List<byte[]> arrays, List<byte[]> before) {
    StringBuilder text = new StringBuilder("    {\n");
    text.append("        dunlin_image = image%d;%n".formatted(IMAGES.size() - 1));
    for (int i = 0; i < before.size(); i++) {
      text.append("        static const int8_t a%d[] = {%s};%n".formatted(i, list(before.get(i))));
      text.append("        load(%d, a%d, %d);%n".formatted(i, i, before.get(i).length));
    }
    String after = arrays.stream().map(KernelTape::crc).collect(Collectors.joining(", "));
    return text.append("        %s(%s);%n".formatted(kernel.method().symbol(), list(given, arrays)))
        .append(
            "        check(\"%s\", (const uint32_t[]) {%s}, %d);%n"
                .formatted(kernel.method().name(), after, arrays.size()))
        .append("    }\n")
        .toString();
  }

  private static String list(byte[] bytes) {
    String list =
        IntStream.range(0, bytes.length)
            .mapToObj(i -> Byte.toString(bytes[i]))
            .collect(Collectors.joining(","));
    return list.isEmpty() ? "0" : list;
  }

  private static String list(Object[] given, List<byte[]> arrays) {
    return Arrays.stream(given)
        .map(argument -> argument(argument, arrays))
        .collect(Collectors.joining(", "));
  }

  private static String argument(Object argument, List<byte[]> arrays) {
    if (argument instanceof byte[] array) {
      int index = IntStream.range(0, arrays.size()).filter(i -> arrays.get(i) == array).sum();
      return "arrays[" + index + "].elements";
    }
    return argument == null
        ? "NULL"
        : argument instanceof Boolean flag ? (flag ? "1" : "0") : argument.toString();
  }

  private static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "0x%08xu".formatted(crc.getValue());
  }
}
