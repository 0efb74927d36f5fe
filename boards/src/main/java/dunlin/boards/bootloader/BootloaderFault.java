package dunlin.boards.bootloader;

/** What is odd, or goes wrong, with an emulated bootloader. Commands and writes count from 0. */
public sealed interface BootloaderFault {
  /** The bootloader refuses a write, though it was right: the flash controller reports an error. */
  record WriteRefused(int write) implements BootloaderFault {}

  /** The bootloader acknowledges a write, and the flash does not keep it. */
  record WriteLost(int write) implements BootloaderFault {}

  /** The bootloader refuses every erase: sectors are write-protected, say. */
  record EraseRefused() implements BootloaderFault {}

  /** From this command on, the bootloader says nothing. */
  record Silent(int command) implements BootloaderFault {}

  /** The chip is read-protected, level 1: memory is neither read, written nor erased. */
  record ReadProtected() implements BootloaderFault {}

  /** An older bootloader, before version 3.0: ERASE in place of EXTENDED ERASE. */
  record OlderErase() implements BootloaderFault {}

  /**
   * Memory that is not flash is read in aligned blocks of 256 bytes only, as F4's is said to be.
   */
  record WholeBlocks() implements BootloaderFault {}

  /** Memory that is not flash cannot be read. */
  record FlashOnly() implements BootloaderFault {}
}
