package dunlin.boards.aot;

import org.teavm.model.BasicBlock;
import org.teavm.model.Instruction;
import org.teavm.model.Program;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.IntegerConstantInstruction;
import org.teavm.model.instructions.NumericOperandType;

/** Java shifts by the low five or six bits of the count; in C, a larger count is undefined. */
final class ShiftCounts {
  private ShiftCounts() {}

  /** Masks every count; TeaVM's optimiser folds constant ones. */
  static void mask(Program program) {
    for (BasicBlock block : program.getBasicBlocks()) {
      for (Instruction instruction : block) {
        if (instruction instanceof BinaryInstruction shift && isShift(shift.getOperation())) {
          mask(program, shift);
        }
      }
    }
  }

  private static boolean isShift(BinaryOperation operation) {
    return switch (operation) {
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> true;
      default -> false;
    };
  }

  private static void mask(Program program, BinaryInstruction shift) {
    IntegerConstantInstruction bits = new IntegerConstantInstruction();
    bits.setConstant(shift.getOperandType() == NumericOperandType.LONG ? 63 : 31);
    bits.setReceiver(program.createVariable());
    bits.setLocation(shift.getLocation());
    BinaryInstruction and = new BinaryInstruction(BinaryOperation.AND, NumericOperandType.INT);
    and.setFirstOperand(shift.getSecondOperand());
    and.setSecondOperand(bits.getReceiver());
    and.setReceiver(program.createVariable());
    and.setLocation(shift.getLocation());
    shift.insertPrevious(bits);
    shift.insertPrevious(and);
    shift.setSecondOperand(and.getReceiver());
  }
}
