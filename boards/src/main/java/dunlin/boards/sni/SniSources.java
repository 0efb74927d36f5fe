package dunlin.boards.sni;

import dunlin.boards.aot.KernelLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.Type;

/**
 * The C between managed code and the kernel library: a header for each kernel, and the natives that
 * SNI calls, a line each.
 */
public final class SniSources {
  /** What is common to all headers. */
  private static final String ARRAY =
      """
      /* What kernels take for an array: a pointer to so many bytes before its elements. */
      #pragma once
      #include <stddef.h>
      #include <stdint.h>
      #define DUNLIN_ARRAY(elements) ((elements) == NULL ? NULL : (char *) (elements) - 12)
      """;

  private SniSources() {}

  /**
   * The library of a node's kernels.
   *
   * @param folder for its sources
   */
  public static KernelLibrary library(ManagedNode node, Path folder) {
    Map<String, String> functions =
        node.kernels().stream()
            .collect(Collectors.toMap(KernelNative::javaName, SniSources::libraryName));
    return KernelLibrary.of(functions, folder);
  }

  /** Writes {@code include/dunlin/*.h} and {@code dunlin_sni.c}. */
  public static void write(ManagedNode node, Path folder) throws IOException {
    Path include = folder.resolve("include").resolve("dunlin");
    Files.createDirectories(include);
    for (Map.Entry<String, String> header : headers(node.kernels()).entrySet()) {
      Files.writeString(include.resolve(header.getKey()), header.getValue());
    }
    Files.writeString(folder.resolve("dunlin_sni.c"), natives(node.kernels()));
  }

  /** The name in the library of a kernel's function, which takes what kernels take for arrays. */
  private static String libraryName(KernelNative kernel) {
    return "dunlin_array_" + kernel.kernel() + "_" + kernel.name();
  }

  /** A header for each kernel by the names of their files; the functions take plain pointers. */
  private static NavigableMap<String, String> headers(Collection<KernelNative> kernels) {
    NavigableMap<String, String> headers = new TreeMap<>();
    kernels.stream()
        .collect(Collectors.groupingBy(KernelNative::kernel))
        .forEach((name, functions) -> headers.put(name + ".h", header(name, functions)));
    headers.put("array.h", ARRAY);
    return headers;
  }

  private static String header(String name, List<KernelNative> functions) {
    return functions.stream()
        .map(SniSources::function)
        .collect(
            Collectors.joining(
                "\n",
                "/* The kernel dunlin.kernels.%s, which documents the parameters. */%n"
                        .formatted(name)
                    + "#pragma once\n#include \"array.h\"\n\n",
                ""));
  }

  private static String function(KernelNative kernel) {
    String library = libraryName(kernel);
    return """
        %s;
        static inline %s {
            %s%s(%s);
        }
        """
        .formatted(
            declaration(kernel, library).replace("int8_t *", "void *"),
            declaration(kernel, kernel.function()),
            returning(kernel),
            library,
            arguments(kernel, "DUNLIN_ARRAY(%s)"::formatted));
  }

  private static String declaration(KernelNative kernel, String name) {
    return kernel
        .method()
        .declaration(name)
        .replace("jbyte *", "int8_t *")
        .replaceAll("\\bj(int|boolean) ", "int32_t ")
        .replace("jlong ", "int64_t ");
  }

  private static String returning(KernelNative kernel) {
    return kernel.method().returned().getSort() == Type.VOID ? "" : "return ";
  }

  private static String arguments(KernelNative kernel, UnaryOperator<String> array) {
    List<Type> types = kernel.method().types();
    List<String> names = kernel.method().parameters();
    return IntStream.range(0, types.size())
        .mapToObj(
            i -> types.get(i).getSort() == Type.ARRAY ? array.apply(names.get(i)) : names.get(i))
        .collect(Collectors.joining(", "));
  }

  /** The natives of kernels: what SNI calls, over what the library has. */
  private static String natives(Collection<KernelNative> kernels) {
    StringBuilder text = new StringBuilder();
    text.append("/* The natives of dunlin.kernels.Natives. */\n#include <sni.h>\n");
    text.append("#include \"dunlin_port.h\"\n");
    kernels.stream()
        .map(KernelNative::kernel)
        .distinct()
        .forEach(kernel -> text.append("#include \"dunlin/%s.h\"%n".formatted(kernel)));
    for (KernelNative kernel : kernels) {
      text.append(
          "%n%s {%n    %s%s(%s);%n}%n"
              .formatted(
                  kernel.method().declaration(kernel.method().symbol()),
                  returning(kernel),
                  kernel.function(),
                  arguments(kernel, "dunlin_elements(%s)"::formatted)));
    }
    return text.toString();
  }
}
