package dunlin.host.bench;

import dunlin.boards.bench.Tape;
import dunlin.firmware.Crc32;
import dunlin.firmware.NodeFirmware;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.emulated.WatchedBoard;
import dunlin.host.compile.Quantity;
import dunlin.host.compile.Workload;
import dunlin.host.time.FrameTally;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A node's firmware that keeps what the node reads from its ports, as a {@link Tape}. */
final class Recorder implements Firmware {
  private final Workload work;
  private final ByteArrayOutputStream tape = new ByteArrayOutputStream();
  private final Map<String, Map<Quantity, Long>> frames = new TreeMap<>();
  private byte[] ram = {};
  private int measuredFrom;

  Recorder(Workload work) {
    this.work = work;
  }

  @Override
  public Machine boot(Board board) {
    return new NodeFirmware().boot(new RecordedBoard(board));
  }

  /** From here on the replay is to be measured. */
  void measure() {
    measuredFrom = tape.size() + 2;
    tape.write(Tape.MEASURE);
    tape.write(0);
    frames.clear();
  }

  /** Pairs of a port and a byte. */
  byte[] tape() {
    return tape.toByteArray();
  }

  /** Bytes read since {@link #measure}. */
  int measuredBytes() {
    return (tape.size() - measuredFrom) / 2;
  }

  /** Frames that came and went since {@link #measure}, by the op that had to do with them. */
  Map<String, Map<Quantity, Long>> frames() {
    return frames;
  }

  /** CRC-32 of the node's RAM. */
  int checksum() {
    return new Crc32().update(0, ram, 0, ram.length);
  }

  private void count(String op, Quantity frame, Quantity size, long bytes) {
    Map<Quantity, Long> counts = frames.computeIfAbsent(op, o -> new EnumMap<>(Quantity.class));
    counts.merge(frame, 1L, Long::sum);
    counts.merge(size, bytes, Long::sum);
  }

  private final class RecordedBoard extends WatchedBoard {
    private final List<FrameTally> in = tallies(Quantity.RECEIVED_FRAME, Quantity.RECEIVED);
    private final List<FrameTally> out = tallies(Quantity.SENT_FRAME, Quantity.SENT);

    RecordedBoard(Board board) {
      super(board);
    }

    private List<FrameTally> tallies(Quantity frame, Quantity size) {
      return Stream.generate(
              () -> new FrameTally((kind, id, n) -> count(work.mover(kind, id), frame, size, n)))
          .limit(ports())
          .toList();
    }

    @Override
    public byte[] reserve(int region, int bytes) {
      ram = super.reserve(region, bytes);
      return ram;
    }

    /** Boards that QEMU emulates have none: it must not make their RAM differ. */
    @Override
    public int uid(int index) {
      return 0;
    }

    @Override
    protected void received(int port, byte[] into, int offset, int count) {
      in.get(port).take(into, offset, count);
      for (int i = 0; i < count; i++) {
        tape.write(port);
        tape.write(into[offset + i]);
      }
    }

    @Override
    protected void sent(int port, byte[] from, int offset, int count) {
      out.get(port).take(from, offset, count);
    }
  }
}
