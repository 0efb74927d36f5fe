package dunlin.boards.aot;

import dunlin.boards.runtime.DspInstructions;
import dunlin.boards.runtime.Heap;
import dunlin.boards.runtime.Traps;
import dunlin.kernels.Dsp;
import java.util.HashMap;
import java.util.Map;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderSource;
import org.teavm.model.ReferenceCache;
import org.teavm.parsing.ClassRefsRenamer;
import org.teavm.runtime.Allocator;
import org.teavm.runtime.ExceptionHandling;

/**
 * Class files, with those of {@code dunlin.boards.runtime} under the names of what they replace.
 */
final class RuntimeSubstitution implements ClassHolderSource {
  private static final Map<String, String> SUBSTITUTES =
      Map.of(
          Allocator.class.getName(), Heap.class.getName(),
          ExceptionHandling.class.getName(), Traps.class.getName(),
          Dsp.class.getName(), DspInstructions.class.getName());

  private final ClassHolderSource classes;
  private final ClassRefsRenamer renamer;

  RuntimeSubstitution(ClassHolderSource classes, ReferenceCache references) {
    this.classes = classes;
    Map<String, String> originals = new HashMap<>();
    SUBSTITUTES.forEach((original, substitute) -> originals.put(substitute, original));
    renamer = new ClassRefsRenamer(references, name -> originals.getOrDefault(name, name));
  }

  @Override
  public ClassHolder get(String name) {
    String substitute = SUBSTITUTES.get(name);
    return substitute == null ? classes.get(name) : renamer.rename(classes.get(substitute));
  }
}
