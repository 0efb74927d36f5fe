package dunlin.host.run;

import dunlin.boards.Trap;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A cable whose bytes are counted, and looked through for what a board writes after a trap. */
final class MeteredCable implements Cable {
  /** More characters than a trap's line has. */
  private static final int LINE = 80;

  private final Cable cable;
  private final StringBuilder lastText = new StringBuilder();
  private Optional<Trap> trap = Optional.empty();
  private long received;
  private long sent;

  MeteredCable(Cable cable) {
    this.cable = cable;
  }

  long received() {
    return received;
  }

  long sent() {
    return sent;
  }

  /** The last trap that the board told of. */
  Optional<Trap> lastTrap() {
    return trap;
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    int count = cable.read(into, offset, max);
    received += count;
    lastText.append(new String(into, offset, count, StandardCharsets.ISO_8859_1));
    trap = Trap.last(lastText).or(() -> trap);
    lastText.delete(0, Math.max(0, lastText.length() - LINE));
    return count;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = cable.write(from, offset, count);
    sent += accepted;
    return accepted;
  }

  @Override
  public boolean await(int bytes, int millis) {
    return cable.await(bytes, millis);
  }

  @Override
  public int available() {
    return cable.available();
  }

  @Override
  public int writable() {
    return cable.writable();
  }

  @Override
  public int errors() {
    return cable.errors();
  }

  @Override
  public String name() {
    return cable.name();
  }

  @Override
  public void close() {
    cable.close();
  }
}
