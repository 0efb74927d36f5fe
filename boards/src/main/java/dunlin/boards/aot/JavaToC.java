package dunlin.boards.aot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.teavm.backend.c.generate.SimpleFileNameProvider;
import org.teavm.cache.AlwaysStaleCacheStatus;
import org.teavm.cache.EmptyProgramCache;
import org.teavm.dependency.PreciseDependencyAnalyzer;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.model.ClassHolderSource;
import org.teavm.model.PreOptimizingClassHolderSource;
import org.teavm.model.ReferenceCache;
import org.teavm.model.transformation.AssertionRemoval;
import org.teavm.parsing.ClasspathClassHolderSource;
import org.teavm.vm.BuildTarget;
import org.teavm.vm.DirectoryBuildTarget;
import org.teavm.vm.TeaVM;
import org.teavm.vm.TeaVMBuilder;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles the classes that are on the class path to C. */
final class JavaToC {
  private JavaToC() {}

  /**
   * Writes C for all that {@code entries} reach.
   *
   * @param entries the classes whose exported methods the startup code calls, the first one's first
   * @param substitutes classes by the names of those whose place they take
   * @param folder where the C goes: {@code classes/}, {@code arrays/}, {@code primitives/}, headers
   */
  static void compile(List<String> entries, Map<String, String> substitutes, Path folder) {
    compile(new BoardTarget(entries), entries.get(0), substitutes, Map.of(), folder);
  }

  /**
   * Writes C for kernels alone.
   *
   * @param exported the names in C of methods, each a class and a name as in {@code
   *     dunlin.kernels.Copy.bytes}
   * @param folder as for {@link #compile}
   */
  static void compileKernels(Map<String, String> exported, Path folder) {
    List<String> kernels = exported.keySet().stream().map(JavaToC::owner).distinct().toList();
    compile(new KernelTarget(kernels), kernels.get(0), Map.of(), exported, folder);
  }

  private static String owner(String method) {
    return method.substring(0, method.lastIndexOf('.'));
  }

  private static void compile(
      BoardTarget target,
      String entry,
      Map<String, String> substitutes,
      Map<String, String> exported,
      Path folder) {
    ClassLoader loader = JavaToC.class.getClassLoader();
    ReferenceCache references = new ReferenceCache();
    target.setLineNumbersGenerated(true);
    target.setObfuscated(true); // no names of classes in the firmware
    target.setFileNames(new SimpleFileNameProvider());
    try (ClassPathResources resources = new ClassPathResources(loader)) {
      ClassHolderSource substituted =
          new RuntimeSubstitution(
              new ClasspathClassHolderSource(resources, references, loader),
              references,
              substitutes);
      ClassHolderSource classes = new ExportedMethods(substituted, exported);
      TeaVM compiler =
          new TeaVMBuilder(target)
              .setReferenceCache(references)
              .setClassLoader(loader)
              .setResourceProvider(resources)
              .setClassSource(new PreOptimizingClassHolderSource(classes))
              .setDependencyAnalyzerFactory(PreciseDependencyAnalyzer::new)
              .setObfuscated(true)
              .build();
      compiler.add(new AssertionRemoval());
      compiler.setProperties(new Properties());
      compiler.setProgramCache(EmptyProgramCache.INSTANCE);
      compiler.setCacheStatus(AlwaysStaleCacheStatus.INSTANCE);
      compiler.setOptimizationLevel(TeaVMOptimizationLevel.FULL);
      compiler.installPlugins();
      compiler.setEntryPoint(entry);
      compiler.build(new Within(folder), "classes.c");
      refuse(compiler);
    }
  }

  /** A folder that is not made anew when it has gone: the process is on its way out then. */
  private record Within(Path folder) implements BuildTarget {
    @Override
    public OutputStream createResource(String name) throws IOException {
      if (!Files.isDirectory(folder)) {
        throw new NoSuchFileException(folder.toString());
      }
      return new DirectoryBuildTarget(folder.toFile()).createResource(name);
    }
  }

  /** Severe problems are mistakes in board Java, which the house rules should have found. */
  private static void refuse(TeaVM compiler) {
    String problems =
        compiler.getProblemProvider().getSevereProblems().stream()
            .map(JavaToC::words)
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw new IllegalStateException("TeaVM cannot compile the firmware: " + problems);
    }
  }

  private static String words(Problem problem) {
    DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
    problem.render(text);
    return text.getText() + " at " + problem.getLocation();
  }
}
