package dunlin.host.bench;

import dunlin.boards.bench.Tape;
import dunlin.firmware.Crc32;
import dunlin.firmware.NodeFirmware;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.emulated.WatchedBoard;
import java.io.ByteArrayOutputStream;

/** A node's firmware that keeps what the node reads from its ports, as a {@link Tape}. */
final class Recorder implements Firmware {
  private final ByteArrayOutputStream tape = new ByteArrayOutputStream();
  private byte[] ram = {};
  private int measuredFrom;

  @Override
  public Machine boot(Board board) {
    return new NodeFirmware().boot(new RecordedBoard(board));
  }

  /** From here on the replay is to be measured. */
  void measure() {
    measuredFrom = tape.size() + 2;
    tape.write(Tape.MEASURE);
    tape.write(0);
  }

  /** Pairs of a port and a byte. */
  byte[] tape() {
    return tape.toByteArray();
  }

  /** Bytes read since {@link #measure}. */
  int measuredBytes() {
    return (tape.size() - measuredFrom) / 2;
  }

  /** CRC-32 of the node's RAM. */
  int checksum() {
    return new Crc32().update(0, ram, 0, ram.length);
  }

  private final class RecordedBoard extends WatchedBoard {
    RecordedBoard(Board board) {
      super(board);
    }

    @Override
    public byte[] reserve(int region, int bytes) {
      ram = super.reserve(region, bytes);
      return ram;
    }

    @Override
    protected void received(int port, byte[] into, int offset, int count) {
      for (int i = 0; i < count; i++) {
        tape.write(port);
        tape.write(into[offset + i]);
      }
    }

    @Override
    protected void sent(int port, byte[] from, int offset, int count) {
      // the replay's ports take everything
    }
  }
}
