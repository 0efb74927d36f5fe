package dunlin.host.run;

import dunlin.hal.Port;

/** The host's end of the console link to the root. */
public interface Console extends AutoCloseable {
  /** The port: what has arrived can be read at once. */
  Port port();

  /**
   * Waits until {@code bytes} bytes can be read, or for a 32nd of the time in which a node must
   * have sent what it has to send.
   *
   * @return whether they arrived in time
   */
  boolean await(int bytes);

  /** What the other side seems to be doing, for the message of a time-out. */
  String state();

  /** Lets go of whatever it holds: by itself, nothing. */
  @Override
  default void close() {}
}
