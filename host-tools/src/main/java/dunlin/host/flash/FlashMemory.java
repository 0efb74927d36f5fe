package dunlin.host.flash;

import dunlin.boards.SectorMap;

/** A board's memory, as something reaches it. Every method may refuse, and none waits for ever. */
interface FlashMemory {
  /** Most bytes that are read or written at once. */
  int BLOCK = 256;

  /** Where it is, for messages. */
  String name();

  /** Reads {@code count} bytes, 1 to {@link #BLOCK}. */
  byte[] read(long address, int count);

  /** Erases a sector. */
  void erase(SectorMap.Sector sector);

  /** Writes at most {@link #BLOCK} bytes, in whole units, to where flash is blank. */
  void write(long address, byte[] bytes);

  /** A clock, for differences. */
  long nanoseconds();
}
