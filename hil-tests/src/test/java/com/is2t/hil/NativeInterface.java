package com.is2t.hil;

/**
 * A double of what Dunlin's mock uses of MicroEJ's Mock API; without content, a mock's array is
 * empty.
 */
public interface NativeInterface {
  /** Fetches an array's elements from the simulator. */
  void refreshContent(Object array);

  /** Fetches {@code length} elements. */
  void refreshContent(Object array, int offset, int length);

  /** Writes {@code length} elements back to the simulator. */
  void flushContent(Object array, int offset, int length);

  /** The native that runs suspends its thread. */
  void notifySuspendStart();

  /** The native that runs goes on. */
  void notifySuspendEnd();
}
