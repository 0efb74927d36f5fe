package dunlin.host.bench;

import dunlin.boards.bench.Tape;
import dunlin.firmware.Crc32;
import dunlin.firmware.NodeFirmware;
import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Firmware;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.hal.Watchdog;
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

  private final class RecordedBoard implements Board {
    private final Board board;

    RecordedBoard(Board board) {
      this.board = board;
    }

    @Override
    public Clock clock() {
      return board.clock();
    }

    @Override
    public Flash flash() {
      return board.flash();
    }

    @Override
    public Watchdog watchdog() {
      return board.watchdog();
    }

    @Override
    public Gpio gpio() {
      return board.gpio();
    }

    @Override
    public void reset() {
      board.reset();
    }

    @Override
    public int ports() {
      return board.ports();
    }

    @Override
    public Port port(int index) {
      return new RecordedPort(board.port(index), index);
    }

    @Override
    public Port open(int index, boolean master) {
      return new RecordedPort(board.open(index, master), index);
    }

    @Override
    public int hostPorts() {
      return board.hostPorts();
    }

    @Override
    public int type() {
      return board.type();
    }

    @Override
    public int ramRegions() {
      return board.ramRegions();
    }

    @Override
    public byte[] reserve(int region, int bytes) {
      ram = board.reserve(region, bytes);
      return ram;
    }

    @Override
    public int uid(int index) {
      return board.uid(index);
    }
  }

  private final class RecordedPort implements Port {
    private final Port port;
    private final int index;

    RecordedPort(Port port, int index) {
      this.port = port;
      this.index = index;
    }

    @Override
    public int available() {
      return port.available();
    }

    @Override
    public int read(byte[] into, int offset, int max) {
      int count = port.read(into, offset, max);
      for (int i = 0; i < count; i++) {
        tape.write(index);
        tape.write(into[offset + i]);
      }
      return count;
    }

    @Override
    public int writable() {
      return port.writable();
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      return port.write(from, offset, count);
    }

    @Override
    public int errors() {
      return port.errors();
    }
  }
}
