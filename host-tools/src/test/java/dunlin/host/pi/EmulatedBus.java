package dunlin.host.pi;

import dunlin.hal.Port;
import dunlin.hal.SpiTransfer;
import dunlin.hal.emulated.Emulation;
import dunlin.kernels.Dsp;

/**
 * The far end of an SPI bus as an SPI slave's driver has it, byte by byte; behind it, in the place
 * of a node's queues, is a port that leads to an emulated board.
 */
final class EmulatedBus implements SpiWires {
  private final Emulation emulation;
  private final Port console;
  private final byte[] loaded = new byte[SpiTransfer.HEADER_BYTES + SpiTransfer.MAX_BYTES];
  private final byte[] clocked = new byte[loaded.length];
  private int exchanged;
  private boolean underWay;
  private int transfers;

  /** The wire at which nobody drives MISO. */
  private boolean broken;

  EmulatedBus(Emulation emulation, Port console) {
    this.emulation = emulation;
    this.console = console;
  }

  int transfers() {
    return transfers;
  }

  void breakMiso(boolean toBreak) {
    broken = toBreak;
  }

  @Override
  public void select(boolean selected) {
    if (selected == underWay) {
      throw new IllegalStateException("selected twice");
    }
    underWay = selected;
    if (selected) {
      int count = console.read(loaded, SpiTransfer.HEADER_BYTES, SpiTransfer.MAX_BYTES);
      Dsp.store32(loaded, 0, SpiTransfer.header(count));
      exchanged = 0;
      transfers++;
    } else {
      int real = SpiTransfer.count(Dsp.load32(clocked, 0));
      console.write(clocked, SpiTransfer.HEADER_BYTES, real);
    }
  }

  @Override
  public boolean ready() {
    return console.available() > 0;
  }

  @Override
  public void exchange(byte[] out, byte[] in, int offset, int count) {
    System.arraycopy(out, offset, clocked, exchanged, count);
    for (int i = 0; i < count; i++) {
      in[offset + i] = broken ? (byte) SpiTransfer.FLOATING : loaded[exchanged + i];
    }
    exchanged += count;
  }

  @Override
  public void pause(int micros) {
    long until = emulation.now() + micros * 1_000L;
    emulation.run(() -> until, until);
  }

  @Override
  public long nanoseconds() {
    return emulation.now();
  }

  @Override
  public String name() {
    return "emulated bus";
  }

  @Override
  public void close() {
    // nothing is held
  }
}
