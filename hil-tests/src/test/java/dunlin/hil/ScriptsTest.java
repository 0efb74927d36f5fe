package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./dunlin} and {@code ./check} on computers that lack something: one line says what. */
class ScriptsTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final String JDK = "a JDK 17 or later";
  private static final String MAVEN = "Maven 3.8 or later";
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cut",
          "dirname",
          "find",
          "flock",
          "grep",
          "mkdir",
          "mv",
          "readlink",
          "sed",
          "tee",
          "touch");

  @TempDir private Path folder;
  private Path root;
  private Path path;
  private Path jdks;

  /** What a script left. */
  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void copyTheScripts() throws IOException {
    root = Files.createDirectories(folder.resolve("dunlin"));
    path = Files.createDirectories(folder.resolve("bin"));
    jdks = Files.createDirectories(folder.resolve("jdks"));
    for (String file :
        List.of("dunlin", "check", "pom.xml", "host-tools/pom.xml", ".mvn/build.sh")) {
      Path copy = root.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(REPOSITORY.resolve(file), copy);
    }
    for (String tool : TOOLS) {
      List<Path> found =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, tool))
              .filter(Files::isExecutable)
              .toList();
      assumeTrue(!found.isEmpty(), () -> "no " + tool + " in /usr/bin or /bin");
      program(path.resolve(tool), "exec " + found.get(0) + " \"$@\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dunlin", "check"})
  void shouldNameWhatIsMissing(String script) throws Exception {
    assertFails(script, missing(JDK + " and " + MAVEN));
    maven("3.8.7", "");
    assertFails(script, missing(JDK));
    jdk("17.0.2");
    Files.delete(path.resolve("mvn"));
    assertFails(script, missing(MAVEN));
  }

  private static String missing(String what) {
    return "missing: " + what + ": install it, put it on PATH, and start again";
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "11.0.21", "16.0.2"})
  void shouldNotTakeAnOlderJdk(String version) throws Exception {
    jdk(version);
    maven("3.9.6", "");
    assertFails("dunlin", missing(JDK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.12", "21.0.4", "25"})
  void shouldRunOnAJdk(String version) throws Exception {
    jdk(version);
    maven("3.9.6", "mkdir -p host-tools/target; touch host-tools/target/dunlin.jar");
    Outcome run = start("dunlin", "run", "--prompt", "One day");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith(version + " "), run.out());
    assertTrue(run.out().endsWith(" -jar " + jar() + " run --prompt One day\n"), run.out());
    assertEquals("dunlin: building for the first time, which takes a minute or two\n", run.err());
    assertEquals("", start("dunlin", "run").err(), "built already");
  }

  private Path jar() throws IOException {
    return root.toRealPath().resolve("host-tools/target/dunlin.jar");
  }

  @Test
  void shouldNotTakeAnOlderMaven() throws Exception {
    jdk("17");
    maven("3.6.3", "");
    assertFails(
        "dunlin",
        path.resolve("mvn") + " is not Maven 3.8 or later: put a later one first on PATH");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Could not transfer artifact a:b:jar:1 from central: Unknown host repo | \
            libraries could not be downloaded | \
            check network, proxy and certificates, and start again
          Failed to write x.class: No space left on device | \
            Failed to write x.class: No space left on device | \
            make room or permission and start again
          Dunlin.java:[3,4] cannot find symbol | \
            Dunlin.java:[3,4] cannot find symbol | \
            repair it and start again
          """)
  void shouldSayWhyTheBuildFailed(String error, String why, String remedy) throws Exception {
    jdk("17");
    maven("3.8.7", "echo '[ERROR] " + error + "'; exit 1");
    Outcome run = start("dunlin", "run");
    assertEquals(1, run.code());
    Path log = root.toRealPath().resolve("target/build.log");
    String last = run.err().lines().reduce((a, b) -> b).orElse("");
    assertTrue(last.startsWith("dunlin: the build failed: "), last);
    assertTrue(last.endsWith(why + ": see " + log + ", " + remedy), last);
  }

  @Test
  void shouldNameABuildFolderThatIsNone() throws Exception {
    Path target = Files.createFile(root.resolve("target"));
    assertFails(
        "dunlin",
        "cannot write to "
            + target.toRealPath()
            + ": make it yours (chown), or copy the repository to where you can write");
  }

  private void assertFails(String script, String complaint) throws Exception {
    Outcome outcome = start(script);
    assertEquals(script + ": " + complaint + "\n", outcome.err());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.code());
  }

  private Outcome start(String script, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(root.resolve(script).toString()), Stream.of(arguments)).toList();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", path.toString());
    environment.put("DUNLIN_JDKS", jdks.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  /** A JDK whose {@code java} prints its version and what it is to run. */
  private void jdk(String version) throws IOException {
    Path home = Files.createDirectories(jdks.resolve("jdk"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    program(home.resolve("bin/javac"), "");
    program(home.resolve("bin/java"), "echo " + version + " \"$@\"");
  }

  private void maven(String version, String work) throws IOException {
    String answer = "if [[ $1 = -v ]]; then echo 'Apache Maven " + version + "'; exit; fi\n";
    program(path.resolve("mvn"), answer + work);
  }

  private static void program(Path file, String body) throws IOException {
    byte[] text = ("#!/bin/bash\n" + body + "\n").getBytes(StandardCharsets.UTF_8);
    Files.write(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }
}
