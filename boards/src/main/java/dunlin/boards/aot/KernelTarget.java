package dunlin.boards.aot;

import java.util.List;
import org.teavm.model.MethodReader;

/** C for kernels alone, none of which has checks: there is no length to hold an index against. */
final class KernelTarget extends BoardTarget {
  /**
   * @param kernels the classes whose exported methods are wanted
   */
  KernelTarget(List<String> kernels) {
    super(kernels);
  }

  @Override
  boolean unchecked(MethodReader method) {
    return method.getOwnerName().startsWith("dunlin.kernels.") || super.unchecked(method);
  }
}
