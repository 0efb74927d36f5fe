package dunlin.boards.sni;

import java.util.List;
import org.objectweb.asm.tree.MethodNode;

/**
 * A kernel's method, and the native that stands for it.
 *
 * @param owner the kernel, as in {@code dunlin/kernels/Copy}
 * @param name of the method
 * @param method of the native
 */
public record KernelNative(String owner, String name, NativeMethod method)
    implements Comparable<KernelNative> {

  static KernelNative of(String owner, MethodNode method) {
    NativeMethod named = NativeMethod.of(owner, method);
    String name = nativeName(owner, method.name);
    List<String> parameters = named.parameters();
    NativeMethod stands = new NativeMethod(ManagedNode.NATIVES, name, method.desc, parameters);
    return new KernelNative(owner, method.name, stands);
  }

  /** {@code copyBytes} for {@code Copy.bytes}. */
  static String nativeName(String owner, String name) {
    String kernel = owner.substring(owner.lastIndexOf('/') + 1);
    return Character.toLowerCase(kernel.charAt(0))
        + kernel.substring(1)
        + Character.toUpperCase(name.charAt(0))
        + name.substring(1);
  }

  /** The kernel's class without its package. */
  public String kernel() {
    return owner.substring(owner.lastIndexOf('/') + 1);
  }

  /** The function of the kernel library. */
  public String function() {
    return "dunlin_" + kernel() + "_" + name;
  }

  /** The method as in {@code dunlin.kernels.Copy.bytes}. */
  public String javaName() {
    return owner.replace('/', '.') + "." + name;
  }

  @Override
  public int compareTo(KernelNative other) {
    return method.compareTo(other.method);
  }
}
