package dunlin.boards.sni;

import dunlin.boards.microej.ManagedDsp;
import dunlin.boards.microej.NoHelium;
import dunlin.boards.microej.NodeLoop;
import dunlin.boards.runtime.CrcTableInFlash;
import dunlin.kernels.CrcTable;
import dunlin.kernels.Dsp;
import dunlin.kernels.Helium;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The node as managed code: the methods that {@link NodeLoop} reaches, as they are but for calls of
 * kernels that loop. Those are natives, all of one class, {@link #NATIVES}.
 */
public final class ManagedNode {
  /** The class of the kernels' natives. */
  public static final String NATIVES = "dunlin/kernels/Natives";

  private static final Map<String, String> SUBSTITUTES =
      Map.of(
          Type.getInternalName(Dsp.class), Type.getInternalName(ManagedDsp.class),
          Type.getInternalName(Helium.class), Type.getInternalName(NoHelium.class),
          Type.getInternalName(CrcTable.class), Type.getInternalName(CrcTableInFlash.class));

  private final NavigableMap<String, byte[]> classFiles = new TreeMap<>();
  private final NavigableSet<NativeMethod> natives = new TreeSet<>();
  private final NavigableSet<KernelNative> kernels = new TreeSet<>();

  private ManagedNode(String entry) {
    Kernels looping = new Kernels();
    Reached reached = new Reached(new ClassFiles(SUBSTITUTES), call -> isNative(looping, call));
    reached.start(entry);
    for (ClassNode type : reached.classes()) {
      type.methods.stream()
          .filter(Reached::isNative)
          .map(method -> NativeMethod.of(type.name, method))
          .forEach(natives::add);
      classFiles.put(
          type.name + ".class", ManagedClass.write(type, call -> isNative(looping, call)));
    }
    for (MethodInsnNode call : reached.natives()) {
      kernels.add(KernelNative.of(call.owner, looping.method(call)));
    }
    kernels.forEach(kernel -> natives.add(kernel.method()));
    classFiles.put(NATIVES + ".class", ManagedClass.natives(kernels));
  }

  /** The node that {@link NodeLoop} runs. */
  public static ManagedNode build() {
    return new ManagedNode(Type.getInternalName(NodeLoop.class));
  }

  private static boolean isNative(Kernels looping, MethodInsnNode call) {
    return Kernels.isKernel(call.owner)
        && !SUBSTITUTES.containsKey(call.owner)
        && looping.loops(call);
  }

  /** All natives, in the order of their names. */
  public NavigableSet<NativeMethod> natives() {
    return natives;
  }

  /** Those that stand for a kernel. */
  public NavigableSet<KernelNative> kernels() {
    return kernels;
  }

  /** The class files, by their names in a jar. */
  public NavigableMap<String, byte[]> classFiles() {
    return classFiles;
  }
}
