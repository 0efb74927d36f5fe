package dunlin.host.run;

import dunlin.hal.Port;

/**
 * What links the host to the root of a flock on the desk. Its methods throw {@link
 * dunlin.boards.Refusal} once it is gone: unplugged, say.
 */
public interface Cable extends Port, AutoCloseable {
  /**
   * Waits until {@code bytes} bytes can be read.
   *
   * @param millis at most so long, and perhaps a tenth of a second more
   * @return whether they arrived in time
   */
  boolean await(int bytes, int millis);

  /** What people know it by: {@code /dev/ttyACM0 at 921600 8N1}. */
  String name();

  @Override
  void close();
}
