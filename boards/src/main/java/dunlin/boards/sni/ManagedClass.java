package dunlin.boards.sni;

import java.util.Collection;
import java.util.function.Predicate;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Class files of board Java for a runtime of Java 7: they differ in nothing but their version.
 * Annotations, lines, the names of variables and which class is nested in which are for compilers
 * and debuggers on the desktop.
 */
final class ManagedClass extends ClassVisitor {
  private static final int VERSION = Opcodes.V1_7;

  private final Predicate<MethodInsnNode> natives;

  private ManagedClass(ClassVisitor next, Predicate<MethodInsnNode> natives) {
    super(Opcodes.ASM9, next);
    this.natives = natives;
  }

  /**
   * Writes a class.
   *
   * @param natives calls of kernels that become calls of their natives
   */
  static byte[] write(ClassNode type, Predicate<MethodInsnNode> natives) {
    ClassWriter writer = new ClassWriter(0);
    type.accept(new ManagedClass(writer, natives));
    return writer.toByteArray();
  }

  /** Writes the class of the kernels' natives. */
  static byte[] natives(Collection<KernelNative> kernels) {
    ClassWriter writer = new ClassWriter(0);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    writer.visit(VERSION, access, ManagedNode.NATIVES, null, "java/lang/Object", null);
    for (KernelNative kernel : kernels) {
      NativeMethod method = kernel.method();
      int modifiers = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_NATIVE;
      writer.visitMethod(modifiers, method.name(), method.descriptor(), null, null).visitEnd();
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    super.visit(VERSION, access, name, signature, parent, interfaces);
  }

  @Override
  public void visitSource(String source, String debug) {}

  /** Nested classes of the firmware hold constants, which are inlined: they are not there. */
  @Override
  public void visitInnerClass(String name, String outer, String simpleName, int access) {}

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new Method(super.visitMethod(access, name, descriptor, signature, exceptions));
  }

  private final class Method extends MethodVisitor {
    Method(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      MethodInsnNode call = new MethodInsnNode(opcode, owner, name, descriptor, isInterface);
      if (natives.test(call)) {
        String named = KernelNative.nativeName(owner, name);
        super.visitMethodInsn(opcode, ManagedNode.NATIVES, named, descriptor, false);
      } else {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return null;
    }

    @Override
    public void visitLineNumber(int line, Label start) {}

    @Override
    public void visitLocalVariable(
        String name, String type, String generic, Label from, Label to, int index) {}
  }
}
