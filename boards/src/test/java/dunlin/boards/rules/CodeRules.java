package dunlin.boards.rules;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The rules of board Java for the instructions of one method. */
final class CodeRules {
  private final String owner;
  private final MethodNode method;
  private final List<String> violations;
  private int line;

  /**
   * @param owner the class, as in {@code dunlin/kernels/Dsp}
   * @param violations where violations are added
   */
  CodeRules(String owner, MethodNode method, List<String> violations) {
    this.owner = owner;
    this.method = method;
    this.violations = violations;
  }

  void check() {
    line = firstLine();
    BoardTypes.refuse(Type.getMethodType(method.desc)).ifPresent(this::violation);
    if (!method.tryCatchBlocks.isEmpty()) {
      violation("exception table: try, or synchronized");
    }
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LineNumberNode number) {
        line = number.line;
      }
      checkOpcode(instruction);
      checkOperand(instruction);
    }
  }

  private void checkOpcode(AbstractInsnNode instruction) {
    switch (instruction.getOpcode()) {
      case INVOKEDYNAMIC -> violation("invokedynamic: lambda or string building");
      case MONITORENTER -> violation("synchronized");
      case FCONST_0, FCONST_1, FCONST_2, DCONST_0, DCONST_1, I2F, I2D, L2F, L2D ->
          violation("floating point");
      case NEW, NEWARRAY, ANEWARRAY, MULTIANEWARRAY -> checkAllocation();
      default -> {}
    }
  }

  /**
   * A floating-point value can only come from a constant, a conversion, an array, a field or a
   * call, so arithmetic on it needs no look.
   */
  private void checkOperand(AbstractInsnNode instruction) {
    if (instruction instanceof LdcInsnNode constant) {
      if (!(constant.cst instanceof Integer || constant.cst instanceof Long)) {
        violation("constant of " + constant.cst.getClass().getSimpleName() + ": " + constant.cst);
      }
    } else if (instruction instanceof IntInsnNode array && array.getOpcode() == NEWARRAY) {
      if (array.operand == T_FLOAT || array.operand == T_DOUBLE) {
        violation("floating point");
      }
    } else if (instruction instanceof TypeInsnNode use) {
      BoardTypes.refuse(Type.getObjectType(use.desc)).ifPresent(this::violation);
    } else if (instruction instanceof MultiANewArrayInsnNode array) {
      BoardTypes.refuse(Type.getType(array.desc)).ifPresent(this::violation);
    } else if (instruction instanceof FieldInsnNode field) {
      BoardTypes.refuse(Type.getObjectType(field.owner)).ifPresent(this::violation);
      BoardTypes.refuse(Type.getType(field.desc)).ifPresent(this::violation);
    } else if (instruction instanceof MethodInsnNode call) {
      BoardTypes.refuseCall(call.owner, call.name, call.desc).ifPresent(this::violation);
    }
  }

  /** A kernel works in memory that it is given; firmware allocates at boot. */
  private void checkAllocation() {
    if (owner.startsWith("dunlin/kernels/") && !method.name.equals("<init>")) {
      violation("allocates outside a constructor");
    }
  }

  private int firstLine() {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LineNumberNode number) {
        return number.line;
      }
    }
    return 0;
  }

  /** Adds what is wrong at the current line. */
  void violation(String what) {
    violations.add(
        "%s.%s, line %d: %s".formatted(owner.replace('/', '.'), method.name, line, what));
  }
}
