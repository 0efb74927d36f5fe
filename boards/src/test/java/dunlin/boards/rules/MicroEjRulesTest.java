package dunlin.boards.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.TemporaryFolder;
import dunlin.boards.sni.ManagedNode;
import dunlin.boards.sni.NativeMethod;
import dunlin.boards.sni.SniSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Whatever goes to MicroEJ keeps to what MicroEJ has. */
class MicroEjRulesTest {
  private static final Path C = Path.of("microej", "c");
  private static final Pattern FUNCTION =
      Pattern.compile("^(\\w+ )(Java_\\w+)\\(([^)]*)\\) \\{", Pattern.MULTILINE);
  private static final Pattern SNI = Pattern.compile("\\bSNI_[a-z]\\w+");

  private static final MicroEjApi API = MicroEjApi.read();
  private static final ManagedNode NODE = ManagedNode.build();

  @Test
  void shouldHoldForEveryClassAndNameNothingElse() {
    MicroEjRules rules = new MicroEjRules(API, names());
    NODE.classFiles().values().forEach(rules::check);
    assertEquals(List.of(), rules.violations());
    assertEquals(
        API.documentation().keySet().stream()
            .filter(name -> name.contains("("))
            .collect(Collectors.toSet()),
        rules.used(),
        "the list has what is used and no more");
  }

  @Test
  void shouldNameOnlyTheFunctionsOfSniThatAreListed() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String text : sources()) {
      SNI.matcher(text).results().map(MatchResult::group).forEach(used::add);
    }
    Set<String> listed =
        API.documentation().keySet().stream()
            .filter(name -> name.startsWith("SNI_"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(listed, used);
  }

  @Test
  void shouldHaveAFunctionOfTheSameTypesForEveryNative() throws IOException {
    Map<String, String> functions = new TreeMap<>();
    for (String text : sources()) {
      FUNCTION.matcher(text).results().forEach(f -> functions.put(f.group(2), types(f.group())));
    }
    Map<String, String> natives =
        NODE.natives().stream()
            .collect(
                Collectors.toMap(
                    NativeMethod::symbol,
                    method -> types(method.declaration(method.symbol()) + " {"),
                    (one, other) -> one,
                    TreeMap::new));
    assertEquals(natives, functions);
  }

  /** A declaration without the names of its parameters. */
  private static String types(String declaration) {
    return declaration.replaceAll("(\\w+ \\*?)\\w+(?=[,)])", "$1").replace("( ", "(");
  }

  private static List<String> sources() throws IOException {
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-sni")) {
      SniSources.write(NODE, folder.path());
      return List.of(
          Files.readString(folder.path().resolve("dunlin_sni.c")),
          Files.readString(C.resolve("dunlin_port.c")),
          Files.readString(C.resolve("dunlin_port.h")));
    }
  }

  @Test
  void shouldHaveWhatTheApplicationNames() throws IOException {
    Path main = Path.of("microej/application/src/main/java/dunlin/example/Main.java");
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-application")) {
      for (Map.Entry<String, byte[]> file : NODE.classFiles().entrySet()) {
        Path place = folder.path().resolve(file.getKey());
        Files.createDirectories(place.getParent());
        Files.write(place, file.getValue());
      }
      String classes = folder.path().toString();
      String[] options = {"--release", "8", "-proc:none", "-cp", classes, "-d", classes};
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      String[] arguments =
          Stream.concat(Arrays.stream(options), Stream.of("-Xlint:-options", main.toString()))
              .toArray(String[]::new);
      int code = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments);
      assertEquals(0, code, said.toString(StandardCharsets.UTF_8));
    }
  }

  private static Set<String> names() {
    return NODE.classFiles().keySet().stream()
        .map(file -> file.replace(".class", ""))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("offences")
  void shouldRefuse(String violation, int version, int access, String name, String descriptor) {
    ClassWriter writer = new ClassWriter(0);
    int type = name.equals("body") ? Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT : 0;
    writer.visit(version, type, "A", null, "java/lang/Object", null);
    for (int i = 0; i < (name.equals("fields") ? 32 : 0); i++) {
      writer.visitField(0, "f" + i, "[B", null, null).visitEnd();
    }
    writer.visitMethod(access, name, descriptor, null, null).visitEnd();
    writer.visitMethod(Opcodes.ACC_ABSTRACT, "twice", "()V", null, null).visitEnd();
    MicroEjRules rules = new MicroEjRules(API, Set.of("A"));
    rules.check(writer.toByteArray());
    assertTrue(rules.violations().toString().contains(violation), rules.violations()::toString);
  }

  static Stream<Object[]> offences() {
    int isNative = Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC;
    int java7 = Opcodes.V1_7;
    return Stream.of(
        new Object[] {"class-file version 52", Opcodes.V1_8, isNative, "n", "()V"},
        new Object[] {"not static", java7, Opcodes.ACC_NATIVE, "n", "()V"},
        new Object[] {"16 parameters", java7, isNative, "n", "(IIIIIIIIIIIIIIII)V"},
        new Object[] {"parameter of int[][]", java7, isNative, "n", "([[I)V"},
        new Object[] {
          "parameter of java.lang.Object", java7, isNative, "n", "(Ljava/lang/Object;)V"
        },
        new Object[] {"returns a reference", java7, isNative, "n", "()[B"},
        new Object[] {"with a namesake", java7, isNative, "twice", "(I)V"},
        new Object[] {"32 fields of references", java7, isNative, "fields", "()V"},
        new Object[] {"interface method with a body", java7, 0, "body", "()V"});
  }

  @Test
  void shouldRefuseCallsTypesAndInvokedynamicOfTheDesktop() {
    MicroEjRules rules = new MicroEjRules(API, Set.of());
    rules.check(classFile(Offences.Lambda.class));
    rules.check(classFile(Offences.SystemOut.class));
    rules.check(classFile(Offences.TryCatch.class));
    String violations = String.join("\n", rules.violations());
    assertTrue(violations.contains("Lambda.make: invokedynamic"), violations);
    assertTrue(
        violations.contains("SystemOut.print: calls java/io/PrintStream.println"), violations);
    assertTrue(violations.contains("SystemOut.print: names java/lang/System"), violations);
    assertTrue(violations.contains("TryCatch.get: exception table"), violations);
  }

  private static byte[] classFile(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
