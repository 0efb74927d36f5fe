package dunlin.boards.cortexm;

/** The registers of a UART, whichever its generation. */
public interface SerialHardware {
  /** {@link #status}: a byte is in. */
  int RECEIVED = 1;

  /** {@link #status}: a byte was lost, or is wrong. */
  int ERROR = 2;

  /**
   * In an interrupt: whether a byte has come and nothing else has happened, so that {@link #status}
   * need not be asked.
   */
  boolean onlyReceived();

  /** What has happened; the reasons for an interrupt are acknowledged with it. */
  int status();

  /** Takes the byte that is in. */
  int receive();

  /** Whether {@link #send} may be called. */
  boolean room();

  /** Sends a byte, 0 to 255. */
  void send(int value);

  /** Asks for an interrupt when there is room, or for none. */
  void interruptWhenRoom(boolean wanted);
}
