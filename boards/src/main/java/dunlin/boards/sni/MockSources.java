package dunlin.boards.sni;

import dunlin.kernels.Crc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.Type;

/**
 * The kernels' natives for MicroEJ's simulator: a class of the same name and with the same methods,
 * each of which calls its kernel on the computer.
 */
public final class MockSources {
  private static final String TEXT =
      """
      package dunlin.kernels;

      import dunlin.mock.CallArrays;

      /** The natives of kernels in the simulator; written by ./dunlin build --board microej. */
      public final class Natives {
        /** Managed code has none: the library's is in flash. */
        private static final byte[] CRC_TABLE = new byte[CrcTable.bytes()];

        static {
          CrcTable.make(CRC_TABLE);
        }

        private Natives() {}
      %s}
      """;

  private MockSources() {}

  /** Writes {@code dunlin/kernels/Natives.java}. */
  public static void write(ManagedNode node, Path folder) throws IOException {
    Path file = folder.resolve(ManagedNode.NATIVES + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text(node.kernels()));
  }

  private static String text(Collection<KernelNative> kernels) {
    return TEXT.formatted(kernels.stream().map(MockSources::method).collect(Collectors.joining()));
  }

  private static String method(KernelNative kernel) {
    NativeMethod method = kernel.method();
    boolean isVoid = method.returned().getSort() == Type.VOID;
    return """

          public static %1$s %2$s(%3$s) {
            CallArrays arrays = new CallArrays();
            %4$s%5$s.%6$s(%7$s);
            arrays.writeBack();%8$s
          }
        """
        .formatted(
            method.returned().getClassName(),
            method.name(),
            parameters(method),
            isVoid ? "" : method.returned().getClassName() + " result = ",
            kernel.kernel(),
            kernel.name(),
            arguments(kernel),
            isVoid ? "" : "\n    return result;");
  }

  private static String parameters(NativeMethod method) {
    List<Type> types = method.types();
    return IntStream.range(0, types.size())
        .mapToObj(i -> types.get(i).getClassName() + " " + method.parameters().get(i))
        .collect(Collectors.joining(", "));
  }

  private static String arguments(KernelNative kernel) {
    List<Type> types = kernel.method().types();
    return IntStream.range(0, types.size())
        .mapToObj(i -> argument(kernel, types.get(i), kernel.method().parameters().get(i)))
        .collect(Collectors.joining(", "));
  }

  private static String argument(KernelNative kernel, Type type, String name) {
    if (type.getSort() != Type.ARRAY) {
      return name;
    }
    boolean isCrcTable =
        kernel.owner().equals(Type.getInternalName(Crc.class)) && name.equals("table");
    return isCrcTable ? "CRC_TABLE" : "arrays.fetch(%s)".formatted(name);
  }
}
