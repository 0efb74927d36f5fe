package dunlin.hil;

import dunlin.boards.sni.KernelNative;
import dunlin.boards.sni.ManagedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/**
 * The kernels' classes and their tests, in which every kernel that has a native does nothing but to
 * call it. What tests call beside, and what they compare with, stays Java.
 */
public final class NativeKernels {
  private static final Path KERNELS = Path.of("..", "kernels", "target");
  private static final Type SELF = Type.getType(NativeKernels.class);

  private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

  private NativeKernels() {}

  /** A native is called. */
  public static void called(String name) {
    CALLED.add(name);
  }

  /** Names of the natives that were not called so far. */
  static List<String> notCalled(ManagedNode node) {
    return node.kernels().stream()
        .map(kernel -> kernel.method().name())
        .filter(name -> !CALLED.contains(name))
        .toList();
  }

  /** The class files by their names in a jar. */
  static Map<String, byte[]> classFiles(ManagedNode node) {
    Map<String, KernelNative> natives =
        node.kernels().stream()
            .collect(
                Collectors.toMap(
                    kernel -> kernel.owner() + "." + kernel.name() + kernel.method().descriptor(),
                    kernel -> kernel));
    Map<String, byte[]> files = new TreeMap<>();
    for (String folder : new String[] {"classes", "test-classes"}) {
      read(KERNELS.resolve(folder), files);
    }
    files.replaceAll((name, file) -> calling(file, natives));
    String natively = ManagedNode.NATIVES + ".class";
    files.put(natively, node.classFiles().get(natively));
    return files;
  }

  private static void read(Path folder, Map<String, byte[]> files) {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(path -> path.toString().endsWith(".class")).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a class calls a native itself, or names a class of tests or a kernel that does. */
  static boolean callsNatives(String file, Map<String, byte[]> files) {
    Set<String> seen = new HashSet<>(Set.of(file));
    Deque<String> toRead = new ArrayDeque<>(seen);
    while (!toRead.isEmpty()) {
      for (String named : named(files.get(toRead.pop()))) {
        if (named.equals(ManagedNode.NATIVES + ".class")) {
          return true;
        }
        if (files.containsKey(named) && seen.add(named)) {
          toRead.push(named);
        }
      }
    }
    return false;
  }

  private static Set<String> named(byte[] classFile) {
    Set<String> names = new HashSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassRemapper(
                new ClassNode(),
                new Remapper() {
                  @Override
                  public String map(String name) {
                    names.add(name + ".class");
                    return name;
                  }
                }),
            0);
    return names;
  }

  private static byte[] calling(byte[] file, Map<String, KernelNative> natives) {
    ClassReader reader = new ClassReader(file);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Bodies(writer, reader.getClassName(), natives), 0);
    return writer.toByteArray();
  }

  private static final class Bodies extends ClassVisitor {
    private final String owner;
    private final Map<String, KernelNative> natives;

    Bodies(ClassVisitor next, String owner, Map<String, KernelNative> natives) {
      super(Opcodes.ASM9, next);
      this.owner = owner;
      this.natives = natives;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor body = super.visitMethod(access, name, descriptor, signature, exceptions);
      KernelNative kernel = natives.get(owner + "." + name + descriptor);
      if (kernel == null) {
        return body;
      }
      call(body, kernel);
      return null;
    }

    private static void call(MethodVisitor body, KernelNative kernel) {
      String descriptor = kernel.method().descriptor();
      body.visitCode();
      body.visitLdcInsn(kernel.method().name());
      body.visitMethodInsn(
          Opcodes.INVOKESTATIC, SELF.getInternalName(), "called", "(Ljava/lang/String;)V", false);
      int slot = 0;
      for (Type type : Type.getArgumentTypes(descriptor)) {
        body.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
        slot += type.getSize();
      }
      body.visitMethodInsn(
          Opcodes.INVOKESTATIC, ManagedNode.NATIVES, kernel.method().name(), descriptor, false);
      body.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
      body.visitMaxs(0, 0);
      body.visitEnd();
    }
  }
}
