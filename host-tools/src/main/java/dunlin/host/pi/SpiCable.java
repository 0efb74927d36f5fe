package dunlin.host.pi;

import dunlin.boards.UnboundedPort;
import dunlin.hal.SpiTransfer;
import dunlin.host.run.Cable;
import dunlin.kernels.Dsp;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * SPI to the root, whose master is the host: what is written goes in the {@link SpiTransfer}s that
 * are clocked while one waits, and so does what the board has to say.
 */
public final class SpiCable extends UnboundedPort implements Cable {
  /** How often a ready line that is low is looked at. */
  private static final int LOOK_MICROS = 100;

  private final SpiWires wires;
  private final int gapMicros;
  private final byte[] out = new byte[SpiTransfer.HEADER_BYTES + SpiTransfer.MAX_BYTES];
  private final byte[] in = new byte[out.length];
  private final Queue<byte[]> toSend = new ArrayDeque<>();
  private int errors;

  /**
   * A cable over {@code wires}.
   *
   * @param gapMicros what the board needs from its selection to the first bit
   */
  SpiCable(SpiWires wires, int gapMicros) {
    this.wires = wires;
    this.gapMicros = gapMicros;
  }

  /**
   * The cable of a Raspberry Pi.
   *
   * @param hertz bits a second
   * @throws dunlin.boards.Refusal if the lines cannot be had
   */
  public static SpiCable open(PiPins pins, int hertz, int gapMicros) {
    return new SpiCable(PiWires.open(pins, hertz), gapMicros);
  }

  @Override
  public boolean await(int bytes, int millis) {
    long deadline = wires.nanoseconds() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (available() < bytes || !toSend.isEmpty()) {
      if (!toSend.isEmpty() || wires.ready()) {
        transfer();
      } else if (wires.nanoseconds() >= deadline) {
        return false;
      } else {
        wires.pause(LOOK_MICROS);
      }
    }
    return true;
  }

  /** The headers say how many bytes follow, so the board stays selected until those are in. */
  private void transfer() {
    byte[] bytes = toSend.isEmpty() ? new byte[0] : toSend.remove();
    Dsp.store32(out, 0, SpiTransfer.header(bytes.length));
    System.arraycopy(bytes, 0, out, SpiTransfer.HEADER_BYTES, bytes.length);
    wires.select(true);
    wires.pause(gapMicros);
    wires.exchange(out, in, 0, SpiTransfer.HEADER_BYTES);
    int announced = SpiTransfer.count(Dsp.load32(in, 0));
    int count = Math.max(bytes.length, announced);
    if (count > 0) {
      wires.exchange(out, in, SpiTransfer.HEADER_BYTES, count);
    }
    wires.select(false);
    if (announced < 0) {
      errors++;
    } else {
      keep(in, SpiTransfer.HEADER_BYTES, announced);
    }
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    for (int at = 0; at < count; at += SpiTransfer.MAX_BYTES) {
      int end = Math.min(count, at + SpiTransfer.MAX_BYTES);
      toSend.add(Arrays.copyOfRange(from, offset + at, offset + end));
    }
    return count;
  }

  @Override
  public int errors() {
    return errors;
  }

  @Override
  public String name() {
    return wires.name();
  }

  @Override
  public void close() {
    wires.close();
  }
}
