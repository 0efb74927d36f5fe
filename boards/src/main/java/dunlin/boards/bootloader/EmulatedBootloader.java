package dunlin.boards.bootloader;

import dunlin.boards.BoardType;
import dunlin.boards.SectorMap;
import dunlin.boards.Uid;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * An emulated board whose ROM bootloader waits for a host, at virtual time: its whole flash, and
 * one UART with even parity, eleven bits a byte.
 */
public final class EmulatedBootloader {
  private static final int QUEUE = 4096;
  private static final int BITS = 11;

  private final Emulation emulation = new Emulation();
  private final RomBootloader rom;
  private final EmulatedBoard board;
  private final HostPort port;

  /**
   * Resets a board with BOOT0 high.
   *
   * @param baud that the host uses: the bootloader finds it out
   * @param uid of its MCU
   */
  public EmulatedBootloader(BoardType type, int baud, Uid uid, BootloaderFault... faults) {
    this(type, type.chip().bootloader().id(), baud, uid, faults);
  }

  /** As above, for a chip that calls itself {@code id}. */
  public EmulatedBootloader(BoardType type, int id, int baud, Uid uid, BootloaderFault... faults) {
    BoardSpec spec =
        new BoardSpec(
            type.name(),
            flash(type),
            List.of(),
            List.of(new BoardSpec.UartSpec(QUEUE, QUEUE, baud, BITS)),
            List.of(),
            0,
            0,
            List.of(uid.first(), uid.second(), uid.third()),
            type.id());
    rom = new RomBootloader(type, id, List.of(faults));
    board = emulation.add(spec, rom);
    port = emulation.wire(board.uart(0));
  }

  /** In units of the chip's smallest sector; a larger one takes as much longer. */
  private static BoardSpec.FlashSpec flash(BoardType type) {
    SectorMap sectors = SectorMap.of(type.chip());
    int unit = sectors.leastBytes();
    BoardType.FlashGeometry geometry = type.flash();
    return new BoardSpec.FlashSpec(
        sectors.bytes(),
        geometry.programUnit(),
        unit,
        geometry.programMicros() * 1_000L,
        geometry.eraseMillis() * 1_000_000L * unit / geometry.sectorBytes());
  }

  /** The virtual time, which somebody must let pass. */
  public Emulation emulation() {
    return emulation;
  }

  /** The host's end of the line. */
  public HostPort port() {
    return port;
  }

  /** A copy of what the flash holds. */
  public byte[] flash() {
    byte[] bytes = board.flash().bytes();
    return Arrays.copyOf(bytes, bytes.length);
  }

  /** Fills the flash, and begins anew. */
  public void load(byte[] flash) {
    board.loadFlash(flash);
  }

  /** Where the vectors are of a program that was started since the last reset. */
  public OptionalLong started() {
    return rom.started();
  }

  /** The reset button, with BOOT0 still high. */
  public void reset() {
    board.reset();
  }
}
