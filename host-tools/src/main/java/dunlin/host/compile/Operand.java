package dunlin.host.compile;

import java.util.function.Supplier;

/** What a field of an op can refer to while nothing has an address yet. */
sealed interface Operand permits Operand.Ram, Operand.Constant {

  /**
   * RAM for the program.
   *
   * @param bytes size; 0 is no buffer at all
   * @param lasting whether it outlives a pass, as a KV cache does
   */
  record Ram(String name, int bytes, boolean lasting) implements Operand {}

  /**
   * Bytes in the image, which are made when they are asked for: planning needs the sizes alone.
   *
   * @param size of the content
   * @param content the bytes
   */
  record Constant(String name, int size, Supplier<byte[]> content) implements Operand {
    byte[] bytes() {
      return content.get();
    }
  }

  /** For people. */
  String name();
}
