package dunlin.host.run;

import com.sun.management.ThreadMXBean;
import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Node;
import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.hal.Watchdog;
import dunlin.kernels.Dsp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * A node on next to no board: memory that a test can look into, filled with a pattern rather than
 * zeros, and a console that is a pair of arrays. Nothing but the node allocates while it is
 * stepped.
 */
final class BareNode implements Console {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final byte[] image;
  private final byte[][] ram;
  private final Pipe toNode = new Pipe();
  private final Pipe toHost = new Pipe();
  private final Wake wake = new Wake(1);
  private final Machine machine;
  private long allocated;

  /**
   * Boots.
   *
   * @param ramBytes of each region
   * @param fill what RAM is full of
   */
  BareNode(byte[] image, List<Integer> ramBytes, byte fill) {
    this.image = image;
    ram = ramBytes.stream().map(byte[]::new).toArray(byte[][]::new);
    for (byte[] region : ram) {
      Arrays.fill(region, fill);
    }
    machine = new Node(new BareBoard());
  }

  /** All of a RAM region. */
  byte[] ram(int region) {
    return ram[region];
  }

  /** Bytes that the node has allocated since it booted. */
  long allocated() {
    return allocated;
  }

  @Override
  public Port port() {
    return new End(toHost, toNode);
  }

  @Override
  public boolean await(int bytes) {
    while (toHost.size < bytes) {
      int before = toHost.size;
      wake.clear();
      long start = THREADS.getCurrentThreadAllocatedBytes();
      machine.step(0, wake);
      allocated += THREADS.getCurrentThreadAllocatedBytes() - start;
      if (toHost.size == before && toNode.size == 0 && wake.deadline > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String state() {
    return "nothing more to do";
  }

  /** First in, first out. */
  private static final class Pipe {
    private final byte[] bytes = new byte[1 << 22];
    private int size;
  }

  private record End(Pipe in, Pipe out) implements Port {
    @Override
    public int available() {
      return in.size;
    }

    @Override
    public int read(byte[] into, int offset, int max) {
      int count = Math.min(max, in.size);
      System.arraycopy(in.bytes, 0, into, offset, count);
      System.arraycopy(in.bytes, count, in.bytes, 0, in.size - count);
      in.size -= count;
      return count;
    }

    @Override
    public int writable() {
      return out.bytes.length - out.size;
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      System.arraycopy(from, offset, out.bytes, out.size, count);
      out.size += count;
      return count;
    }

    @Override
    public int errors() {
      return 0;
    }
  }

  private final class BareBoard implements Board, Watchdog {
    private final Port console = new End(toNode, toHost);

    @Override
    public Clock clock() {
      return () -> 0;
    }

    @Override
    public Flash flash() {
      return new ReadOnlyFlash(image, image.length);
    }

    @Override
    public Watchdog watchdog() {
      return this;
    }

    @Override
    public Gpio gpio() {
      throw new UnsupportedOperationException("no pins");
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("no reset");
    }

    @Override
    public int ports() {
      return 1;
    }

    @Override
    public Port port(int index) {
      return console;
    }

    @Override
    public Port open(int index, boolean master) {
      return console;
    }

    @Override
    public int hostPorts() {
      return 1;
    }

    @Override
    public int type() {
      return Dsp.loadU16(image, ImageHeader.BOARD);
    }

    @Override
    public int ramRegions() {
      return ram.length;
    }

    /** The whole region: what lies beyond {@code bytes} shows who writes there. */
    @Override
    public byte[] reserve(int region, int bytes) {
      return bytes <= ram[region].length ? ram[region] : null;
    }

    @Override
    public int uid(int index) {
      return index;
    }

    @Override
    public void feed() {}

    @Override
    public long period() {
      return Wake.NEVER;
    }
  }
}
