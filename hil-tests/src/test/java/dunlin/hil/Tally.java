package dunlin.hil;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Counts what instrumented class files do: method calls, natives' included, and allocations. */
public final class Tally {
  private static final String NAME = "dunlin/hil/Tally";

  private static long calls;
  private static long allocations;

  private Tally() {}

  /** A method has been entered, or a native is called. */
  public static void called() {
    calls++;
  }

  /** An object or an array is made. */
  public static void allocated() {
    allocations++;
  }

  static long calls() {
    return calls;
  }

  static long allocations() {
    return allocations;
  }

  /** Has class files count. */
  static UnaryOperator<byte[]> counting(DesktopSni sni) {
    Set<String> natives =
        sni.node().natives().stream()
            .map(method -> method.owner() + "." + method.name())
            .collect(Collectors.toSet());
    return file -> {
      ClassReader reader = new ClassReader(file);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Counting(writer, natives), 0);
      return writer.toByteArray();
    };
  }

  private static final class Counting extends ClassVisitor {
    private final Set<String> natives;

    Counting(ClassVisitor next, Set<String> natives) {
      super(Opcodes.ASM9, next);
      this.natives = natives;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new CountingCode(super.visitMethod(access, name, descriptor, signature, exceptions));
    }

    private boolean leaves(String owner, String name) {
      return natives.contains(owner + "." + name) || !owner.startsWith("dunlin/");
    }

    private final class CountingCode extends MethodVisitor {
      CountingCode(MethodVisitor next) {
        super(Opcodes.ASM9, next);
      }

      @Override
      public void visitCode() {
        super.visitCode();
        count("called");
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (leaves(owner, name)) {
          count("called");
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }

      @Override
      public void visitTypeInsn(int opcode, String type) {
        if (opcode != Opcodes.CHECKCAST && opcode != Opcodes.INSTANCEOF) {
          count("allocated");
        }
        super.visitTypeInsn(opcode, type);
      }

      @Override
      public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
          count("allocated");
        }
        super.visitIntInsn(opcode, operand);
      }

      @Override
      public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        count("allocated");
        super.visitMultiANewArrayInsn(descriptor, dimensions);
      }

      private void count(String what) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, what, "()V", false);
      }
    }
  }
}
