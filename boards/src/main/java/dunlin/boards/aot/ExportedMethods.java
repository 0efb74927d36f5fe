package dunlin.boards.aot;

import java.util.Map;
import org.teavm.interop.Export;
import org.teavm.model.AnnotationHolder;
import org.teavm.model.AnnotationValue;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderSource;
import org.teavm.model.MethodHolder;

/** Class files in which some public methods are exported under names in C. */
final class ExportedMethods implements ClassHolderSource {
  private final ClassHolderSource classes;
  private final Map<String, String> names;

  /**
   * @param names in C, by class and method as in {@code dunlin.kernels.Copy.bytes}
   */
  ExportedMethods(ClassHolderSource classes, Map<String, String> names) {
    this.classes = classes;
    this.names = names;
  }

  @Override
  public ClassHolder get(String name) {
    ClassHolder found = classes.get(name);
    if (found != null) {
      found.getMethods().forEach(this::export);
    }
    return found;
  }

  private void export(MethodHolder method) {
    String name = names.get(method.getOwnerName() + "." + method.getName());
    String export = Export.class.getName();
    if (name != null && method.getAnnotations().get(export) == null) {
      AnnotationHolder annotation = new AnnotationHolder(export);
      annotation.getValues().put("name", new AnnotationValue(name));
      method.getAnnotations().add(annotation);
    }
  }
}
