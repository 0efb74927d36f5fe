package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.is2t.hil.HIL;
import dunlin.boards.sni.ManagedNode;
import dunlin.boards.sni.MockSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds the mock of boards/microej as its Gradle file says, against a double of MicroEJ's API. */
final class MockBuild {
  private static final Path PROJECT =
      Path.of("..", "boards", "microej", "mock").toAbsolutePath().normalize();
  private static final Pattern FOLDER = Pattern.compile("srcDir\\(\"(.*)\"\\)");

  /** What {@code ./dunlin build} writes for it, where its README has that written. */
  private static final String GENERATED = "../build/dunlin/mock";

  private static Path built;

  private MockBuild() {}

  /** The class files. */
  static synchronized Path classes() throws IOException {
    if (built == null) {
      Path work = Files.createDirectories(Path.of("target", "mock").toAbsolutePath());
      Path generated = work.resolve("generated");
      MockSources.write(ManagedNode.build(), generated);
      Path classes = work.resolve("classes");
      compile(sources(generated), classes);
      built = classes;
    }
    return built;
  }

  /** A class loader that sees the mock, MicroEJ's API, and nothing else of the class path. */
  static ClassLoader loader() throws IOException {
    return new URLClassLoader(new URL[] {url(classes())}, new Api());
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  private static final class Api extends ClassLoader {
    Api() {
      super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(HIL.class.getPackageName() + ".")) {
        return Class.forName(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  private static List<String> sources(Path generated) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(PROJECT.resolve("src/main/java")));
    String gradle = Files.readString(PROJECT.resolve("build.gradle.kts"));
    FOLDER
        .matcher(gradle)
        .results()
        .map((MatchResult folder) -> folder.group(1))
        .map(folder -> folder.equals(GENERATED) ? generated : PROJECT.resolve(folder))
        .forEach(folders::add);
    List<String> sources = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static void compile(List<String> sources, Path classes) {
    String api = HIL.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "11", "-proc:none", "-implicit:none", "-Xlint:all", "-Werror"));
    arguments.addAll(List.of("-cp", api, "-d", classes.toString()));
    arguments.addAll(sources);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, arguments.toArray(String[]::new));
    assertEquals(0, code, said.toString(StandardCharsets.UTF_8));
  }
}
