package dunlin.boards.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.kernels.AllocatingKernel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardJavaTest {
  /** Maven and the IDEs run tests in the module's folder. */
  private static final Path MODULES = Path.of("").toAbsolutePath().getParent();

  /** Interrupts have no argument. */
  private static final String SERVED_BY_INTERRUPTS =
      "dunlin.boards.cortexm.Interrupts.board: static field that is not final";

  @ParameterizedTest
  @ValueSource(strings = {"kernels", "hal", "firmware"})
  void shouldHold(String module) throws IOException {
    Path sources = MODULES.resolve(module).resolve("src/main/java");
    Path classes = MODULES.resolve(module).resolve("target/classes");
    List<String> violations = new ArrayList<>();
    int checked = check(classes, violations);
    assertHold(violations, checked, sources, classes);
  }

  static Set<String> drivers() {
    return BoardTypes.DRIVERS;
  }

  @ParameterizedTest
  @MethodSource("drivers")
  void shouldHoldForDrivers(String family) throws IOException {
    Path folder = Path.of("dunlin", "boards", family);
    Path sources = MODULES.resolve("boards/src/main/java").resolve(folder);
    Path classes = MODULES.resolve("boards/target/classes").resolve(folder);
    List<String> violations = new ArrayList<>();
    int checked = check(classes, violations);
    violations.removeIf(violation -> violation.startsWith(SERVED_BY_INTERRUPTS));
    assertHold(violations, checked, sources, classes);
  }

  private static int check(Path classes, List<String> violations) throws IOException {
    int checked = 0;
    for (Path file : boardFiles(classes, ".class")) {
      try (InputStream in = Files.newInputStream(file)) {
        violations.addAll(BoardJava.violations(in));
      }
      checked++;
    }
    return checked;
  }

  private static void assertHold(List<String> violations, int checked, Path sources, Path classes)
      throws IOException {
    assertEquals("", String.join("\n", violations));
    // package-info.java leaves no class behind; every other source leaves one or more.
    assertTrue(checked >= boardFiles(sources, ".java").size(), checked + " classes in " + classes);
  }

  private static List<Path> boardFiles(Path root, String suffix) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.endsWith("package-info.java"))
          .filter(file -> !root.relativize(file).startsWith("dunlin/hal/emulated"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("offences")
  void shouldRefuse(Class<?> offender, String violation) throws IOException {
    List<String> violations = violations(offender);

    assertTrue(
        violations.stream().anyMatch(v -> v.matches(".*" + violation)), violations::toString);
  }

  static Stream<Object[]> offences() {
    return Stream.of(
        offence(Offences.NewClassFile.class, "class-file version 61, at most 52.*"),
        offence(Offences.Open.class, "neither final nor an interface"),
        offence(Offences.Subclass.class, "extends java/lang/Exception, not Object"),
        offence(Offences.RunTimeAnnotation.class, "run-time annotation .*FunctionalInterface;"),
        offence(Offences.ForeignInterface.class, "uses java/lang/Runnable"),
        offence(Offences.FloatField.class, "\\.scale: floating point"),
        offence(Offences.FloatConstant.class, "\\.half, line \\d+: constant of Double: 0\\.5"),
        offence(Offences.FloatConversion.class, "\\.convert, line \\d+: floating point"),
        offence(Offences.FloatArgument.class, "\\.take, line \\d+: floating point"),
        offence(Offences.DoubleArray.class, "\\.make, line \\d+: floating point"),
        offence(Offences.MutableStatic.class, "\\.count: static field that is not final"),
        offence(
            Offences.StaticArray.class, "\\.TABLE: static field that is not a primitive constant"),
        offence(Offences.StaticArray.class, "<clinit>, line \\d+: class initialiser"),
        offence(Offences.Lambda.class, "\\.make, line \\d+: invokedynamic.*"),
        offence(Offences.Concatenation.class, "\\.name, line \\d+: invokedynamic.*"),
        offence(Offences.StringConstant.class, "\\.name, line \\d+: constant of String: node"),
        offence(Offences.ClassConstant.class, "\\.type, line \\d+: constant of Type: .*"),
        offence(Offences.Boxing.class, "\\.box, line \\d+: calls java/lang/Integer\\.valueOf.*"),
        offence(Offences.Clone.class, "\\.copy, line \\d+: calls \\[I\\.clone.*"),
        offence(Offences.SystemOut.class, "\\.print, line \\d+: uses java/lang/System"),
        offence(Offences.SynchronizedMethod.class, "\\.tick, line \\d+: synchronized"),
        offence(Offences.SynchronizedBlock.class, "\\.tick, line \\d+: synchronized"),
        offence(Offences.TryCatch.class, "\\.get, line \\d+: exception table.*"),
        offence(Offences.Throw.class, "\\.refuse, line \\d+: uses java/lang/IllegalStateException"),
        offence(AllocatingKernel.class, "\\.allocate, line \\d+: allocates outside a constructor"),
        offence(Offences.InterfaceBody.class, "\\.one, line \\d+: interface method with a body.*"));
  }

  private static Object[] offence(Class<?> offender, String violation) {
    return new Object[] {offender, violation};
  }

  @Test
  void shouldNameClassMethodAndLine() throws IOException {
    String name = Offences.SynchronizedMethod.class.getName();
    List<String> violations = violations(Offences.SynchronizedMethod.class);

    assertTrue(
        violations.stream().anyMatch(v -> v.matches("\\Q" + name + "\\E\\.tick, line [1-9].*")),
        violations::toString);
  }

  @Test
  void shouldRefuseNothingButTheVersionOfAnInnocentClass() throws IOException {
    List<String> violations = violations(Offences.NewClassFile.class);

    assertEquals(1, violations.size(), violations::toString);
  }

  private static List<String> violations(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      return BoardJava.violations(in);
    }
  }
}
