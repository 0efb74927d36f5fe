package dunlin.boards.stm32;

/**
 * A lane of a DMA controller, a stream or a channel, that moves bytes between a register and an
 * array.
 */
public interface DmaLane {
  /** Moves {@code count} bytes, each when the peripheral asks for it. Nothing is under way. */
  void start(int register, int memory, int count);

  /** How many bytes are left to move. */
  int left();

  /** Stops, wherever it is, and acknowledges the interrupt. */
  void stop();
}
