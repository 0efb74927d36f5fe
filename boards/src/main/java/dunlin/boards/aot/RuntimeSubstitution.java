package dunlin.boards.aot;

import dunlin.boards.runtime.CrcTableInFlash;
import dunlin.boards.runtime.DspInstructions;
import dunlin.boards.runtime.Heap;
import dunlin.boards.runtime.HeliumInstructions;
import dunlin.boards.runtime.Library;
import dunlin.boards.runtime.RowPairInstructions;
import dunlin.boards.runtime.Traps;
import dunlin.kernels.CrcTable;
import dunlin.kernels.Dsp;
import dunlin.kernels.Helium;
import dunlin.kernels.RowPair;
import java.util.HashMap;
import java.util.List;
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
  private final ClassHolderSource classes;
  private final Map<String, String> substitutes;
  private final ClassRefsRenamer renamer;

  /**
   * @param more what else is replaced: substitutes by the names of their originals
   */
  RuntimeSubstitution(
      ClassHolderSource classes, ReferenceCache references, Map<String, String> more) {
    this.classes = classes;
    substitutes = new HashMap<>(more);
    substitutes.put(Allocator.class.getName(), Heap.class.getName());
    substitutes.put(ExceptionHandling.class.getName(), Traps.class.getName());
    substitutes.put(Dsp.class.getName(), DspInstructions.class.getName());
    substitutes.put(Helium.class.getName(), HeliumInstructions.class.getName());
    substitutes.put(RowPair.class.getName(), RowPairInstructions.class.getName());
    substitutes.put(CrcTable.class.getName(), CrcTableInFlash.class.getName());
    Map<String, String> names = new HashMap<>();
    substitutes.forEach((original, substitute) -> names.put(substitute, original));
    for (Class<?> called : List.of(Integer.class, Long.class, System.class)) {
      names.put(called.getName(), Library.class.getName());
    }
    renamer = new ClassRefsRenamer(references, name -> names.getOrDefault(name, name));
  }

  @Override
  public ClassHolder get(String name) {
    ClassHolder found = classes.get(substitutes.getOrDefault(name, name));
    return found != null && found.getName().startsWith("dunlin.") ? renamer.rename(found) : found;
  }
}
