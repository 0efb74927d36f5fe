package dunlin.boards.cortexm;

/** What takes machine code: registers, interrupts, sleep. On the desktop, a model for tests. */
public interface Processor {
  /** LDR from a peripheral's register. */
  int read(int address);

  /** STR to a peripheral's register. */
  void write(int address, int value);

  /**
   * Keeps the compiler from moving loads and stores of fields across: what an interrupt shares with
   * the program is read anew after a fence, and written before it.
   */
  void fence();

  /** CPSID i: holds interrupts back; one that comes is pending. A fence. */
  void disableInterrupts();

  /** CPSIE i, then lets what is pending in. A fence. */
  void enableInterrupts();

  /** WFI: sleeps until an interrupt is pending, also while they are disabled. */
  void waitForInterrupt();
}
