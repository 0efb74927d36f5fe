package dunlin.boards.cortexm;

/** What takes machine code: registers, interrupts, sleep. On the desktop, a model for tests. */
public interface Processor {
  /** LDR from a peripheral's register. */
  int read(int address);

  /** STR to a peripheral's register. */
  void write(int address, int value);

  /** LDRB from a register that gives a byte each time. */
  int readByte(int address);

  /** STRB to a register that takes a byte each time. */
  void writeByte(int address, int value);

  /** Where an array's elements lie, for DMA: objects never move. */
  int address(byte[] array);

  /**
   * Keeps the compiler from moving loads and stores of fields across: what an interrupt shares with
   * the program is read anew after a fence, and written before it.
   */
  void fence();

  /** From now on the interrupts of UART {@code index} are this object's. */
  void attach(int index, Object served);

  /** DSB and ISB: what was written has arrived, and what is fetched from now on sees it. */
  void synchronise();

  /** CPSID i: holds interrupts back; one that comes is pending. A fence. */
  void disableInterrupts();

  /** CPSIE i, then lets what is pending in. A fence. */
  void enableInterrupts();

  /** WFI: sleeps until an interrupt is pending, also while they are disabled. */
  void waitForInterrupt();

  /**
   * Ends the program as a Java trap does: leaves {@code reason} (a constant of {@link
   * dunlin.boards.runtime.Traps}) and resets the board. Does not return.
   */
  void stop(int reason);
}
