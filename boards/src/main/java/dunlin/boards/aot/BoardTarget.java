package dunlin.boards.aot;

import dunlin.kernels.Unchecked;
import java.util.List;
import org.teavm.backend.c.CTarget;
import org.teavm.backend.c.generate.CNameProvider;
import org.teavm.dependency.DependencyAnalyzer;
import org.teavm.interop.Export;
import org.teavm.model.ClassReader;
import org.teavm.model.ClassReaderSource;
import org.teavm.model.MethodReader;
import org.teavm.model.Program;
import org.teavm.model.lowlevel.ClassInitializerEliminator;
import org.teavm.runtime.Allocator;
import org.teavm.vm.TeaVMTargetController;

/**
 * TeaVM's C target, changed where a board wants something else: a program starts at its exported
 * methods; {@link Unchecked} code has no checks; shifts are Java's; and as nothing collects garbage
 * and nothing catches, calls do no bookkeeping for either.
 */
class BoardTarget extends CTarget {
  private final List<String> entries;
  private ClassReaderSource classes;
  private ClassInitializerEliminator initializers;

  /**
   * @param entries the classes whose exported methods the startup code calls
   */
  BoardTarget(List<String> entries) {
    super(new CNameProvider());
    this.entries = entries;
  }

  @Override
  public void setController(TeaVMTargetController controller) {
    super.setController(controller);
    classes = controller.getUnprocessedClassSource();
    initializers = new ClassInitializerEliminator(classes);
  }

  @Override
  public void contributeDependencies(DependencyAnalyzer analyzer) {
    super.contributeDependencies(analyzer);
    entries.forEach(entry -> linkExports(analyzer, entry));
    linkExports(analyzer, Allocator.class.getName());
  }

  private static void linkExports(DependencyAnalyzer analyzer, String owner) {
    for (MethodReader method : analyzer.getClassSource().get(owner).getMethods()) {
      if (method.getAnnotations().get(Export.class.getName()) != null) {
        analyzer.linkMethod(method.getReference()).use();
      }
    }
  }

  /** Classes lie in flash, where nothing can note that one has been initialised. */
  private static void refuseInitialiser(MethodReader method) {
    if (method.getName().equals("<clinit>") && method.getOwnerName().startsWith("dunlin.")) {
      throw new IllegalStateException(
          method.getOwnerName() + " has a class initialiser: board Java has none");
    }
  }

  @Override
  public void beforeInlining(Program program, MethodReader method) {
    if (!unchecked(method)) {
      super.beforeInlining(program, method);
    }
  }

  @Override
  public void beforeOptimizations(Program program, MethodReader method) {
    refuseInitialiser(method);
    if (!unchecked(method)) {
      super.beforeOptimizations(program, method);
    }
    ShiftCounts.mask(program);
  }

  /** In place of the superclass's coroutines, shadow stack and write barriers. */
  @Override
  public void afterOptimizations(Program program, MethodReader method) {
    initializers.apply(program);
  }

  /** Whether a method does without checks. */
  boolean unchecked(MethodReader method) {
    String annotation = Unchecked.class.getName();
    ClassReader owner = classes.get(method.getOwnerName());
    return method.getAnnotations().get(annotation) != null
        || owner != null && owner.getAnnotations().get(annotation) != null;
  }
}
