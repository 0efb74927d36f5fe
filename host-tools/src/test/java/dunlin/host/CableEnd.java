package dunlin.host;

import dunlin.boards.UnboundedPort;

/** One end of a cable on which bytes take no time. */
public final class CableEnd extends UnboundedPort {
  private CableEnd other;

  private CableEnd() {}

  /** An end of a new cable. */
  public static CableEnd ofNewCable() {
    CableEnd end = new CableEnd();
    end.other = new CableEnd();
    end.other.other = end;
    return end;
  }

  /** The other end. */
  public CableEnd other() {
    return other;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    other.keep(from, offset, count);
    return count;
  }
}
