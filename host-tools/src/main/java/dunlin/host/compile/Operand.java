package dunlin.host.compile;

/** What a field of an op can refer to while nothing has an address yet. */
sealed interface Operand permits Operand.Ram, Operand.Constant {

  /**
   * RAM for the program.
   *
   * @param bytes size; 0 is no buffer at all
   * @param lasting whether it outlives a pass, as a KV cache does
   */
  record Ram(String name, int bytes, boolean lasting) implements Operand {}

  /** Bytes in the image. */
  record Constant(String name, byte[] bytes) implements Operand {}

  /** For people. */
  String name();
}
