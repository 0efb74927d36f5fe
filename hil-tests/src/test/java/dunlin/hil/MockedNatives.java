package dunlin.hil;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Class files whose natives call {@link SimulatedNode#call}. */
final class MockedNatives extends ClassVisitor {
  private static final Type SIMULATOR = Type.getType(SimulatedNode.class);
  private static final Method CALL =
      Method.getMethod("Object call(String, String, String, Object[])");

  private final String owner;

  private MockedNatives(ClassVisitor next, String owner) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
  }

  static byte[] in(byte[] file) {
    ClassReader reader = new ClassReader(file);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new MockedNatives(writer, reader.getClassName()), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    int managed = access & ~Opcodes.ACC_NATIVE;
    MethodVisitor body = super.visitMethod(managed, name, descriptor, signature, exceptions);
    if (managed == access) {
      return body;
    }
    write(new GeneratorAdapter(body, managed, name, descriptor));
    return null;
  }

  private void write(GeneratorAdapter code) {
    code.visitCode();
    code.push(owner);
    code.push(code.getName());
    code.push(Type.getMethodDescriptor(code.getReturnType(), code.getArgumentTypes()));
    code.loadArgArray();
    code.invokeStatic(SIMULATOR, CALL);
    if (code.getReturnType().getSort() == Type.VOID) {
      code.pop();
    } else {
      code.unbox(code.getReturnType());
    }
    code.returnValue();
    code.endMethod();
  }
}
