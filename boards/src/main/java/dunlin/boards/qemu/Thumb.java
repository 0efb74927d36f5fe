package dunlin.boards.qemu;

/**
 * What an instruction loads, by its encoding (Armv8-M Architecture Reference Manual, C2): QEMU's
 * own disassembler does not know Helium.
 */
final class Thumb {
  private Thumb() {}

  /** Halfwords of the instruction that begins with {@code first}. */
  static int halfwords(int first) {
    return first >>> 11 > 0b11100 ? 2 : 1;
  }

  /** Words that an instruction loads; a load of less than a word is one. */
  static int loads(int first, int second) {
    return halfwords(first) == 1 ? narrow(first) : (first & 0x10) == 0 ? 0 : wide(first, second);
  }

  private static int narrow(int code) {
    return switch (code >>> 11) {
      case 0b01001, 0b01101, 0b01111, 0b10001, 0b10011 -> 1; // LDR, LDRB, LDRH
      case 0b01010 -> (code >>> 9 & 3) == 3 ? 1 : 0; // LDRSB
      case 0b01011 -> 1; // LDR, LDRH, LDRB, LDRSH by register
      case 0b10111 -> (code & 0x600) == 0x400 ? Integer.bitCount(code & 0x1ff) : 0; // POP
      case 0b11001 -> Integer.bitCount(code & 0xff); // LDM
      default -> 0;
    };
  }

  /** One whose bit 4 says that if it moves anything from or to memory, it loads. */
  private static int wide(int first, int second) {
    return switch (first >>> 9) {
      case 0b1110100 -> (first & 0x40) == 0 ? Integer.bitCount(second) : two(first);
      case 0b1110110 -> vector(first, second);
      case 0b1111100 -> 1; // LDR and its kin
      default -> 0;
    };
  }

  /** LDRD; or, without an offset, LDREX or a table branch. */
  private static int two(int first) {
    return (first & 0x120) == 0 ? 1 : 2;
  }

  /** VLDR of a vector, whose elements may be shorter than its lanes; VLDR or VLDM of registers. */
  private static int vector(int first, int second) {
    int lane = second >>> 7 & 3;
    int element = first >>> 3 & 1;
    return switch (second >>> 9 & 15) {
      case 0b1111 -> 4;
      case 0b0111 -> 4 >> lane - element;
      case 0b0101, 0b1101 -> (first & 0x120) == 0x100 ? 1 + (second >>> 8 & 1) : second & 0xff;
      default -> 0;
    };
  }
}
