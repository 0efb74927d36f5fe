package dunlin.host.flash;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.boards.SectorMap;
import dunlin.boards.Uid;
import dunlin.host.serial.SerialLine;
import java.util.Arrays;
import java.util.Optional;

/**
 * ST's bootloader in the ROM of an STM32, over a serial line with even parity: the commands of
 * application note AN3155. A chip that is read-protected is refused; the protection is never
 * lifted, since that erases all.
 */
public final class Bootloader implements FlashMemory {
  private static final int GET = 0x00;
  private static final int GET_ID = 0x02;
  private static final int READ_MEMORY = 0x11;
  private static final int GO = 0x21;
  private static final int WRITE_MEMORY = 0x31;
  private static final int ERASE = 0x43;
  private static final int EXTENDED_ERASE = 0x44;

  private static final int UID_BYTES = 12;

  /** How often what was damaged on the line is sent. */
  private static final int TRIES = 3;

  /** Flash may take so many times what is typical. */
  private static final int SLOWEST = 8;

  private static final int PATIENCE_MILLIS = 1000;

  private final BootloaderLine line;
  private final BoardType board;
  private final boolean extendedErase;

  private Bootloader(BootloaderLine line, BoardType board, boolean extendedErase) {
    this.line = line;
    this.board = board;
    this.extendedErase = extendedErase;
  }

  /**
   * Says hello to a bootloader that waits after a reset, or has been spoken to.
   *
   * @param line with settings 8E1, at the rate that the bootloader is to use
   * @param board the type that it should be
   * @throws Refusal if none answers, or the chip is another
   */
  public static Bootloader connect(SerialLine line, BoardType board) {
    if (board.chip() == null || board.chip().bootloader() == null) {
      throw new Refusal(
          board.name() + " has no bootloader in ROM", "choose another board, or other means");
    }
    BootloaderLine answers = new BootloaderLine(line);
    answers.synchronise();
    byte[] commands = inform(answers, GET);
    Bootloader bootloader = new Bootloader(answers, board, offers(commands, EXTENDED_ERASE));
    if (!bootloader.extendedErase && !offers(commands, ERASE)) {
      throw new Refusal(line.name() + ": the bootloader cannot erase", "use --by st-link");
    }
    bootloader.checkId();
    return bootloader;
  }

  /** The version comes first, then the commands. */
  private static boolean offers(byte[] commands, int command) {
    for (int i = 1; i < commands.length; i++) {
      if (commands[i] == command) {
        return true;
      }
    }
    return false;
  }

  private static byte[] inform(BootloaderLine line, int command) {
    if (!line.command(command)) {
      throw new Refusal(
          "%s: the bootloader does not know command 0x%02x".formatted(line.name(), command),
          "press reset with BOOT0 high, and start again");
    }
    return line.counted();
  }

  private void checkId() {
    int id = 0;
    for (byte b : inform(line, GET_ID)) {
      id = id << 8 | b & 0xFF;
    }
    int expected = board.chip().bootloader().id();
    if (id != expected) {
      throw new Refusal(
          "%s: the chip calls itself 0x%03x, and a %s is 0x%03x"
              .formatted(name(), id, board.name(), expected),
          "say with --board which it is");
    }
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public long nanoseconds() {
    return line.nanoseconds();
  }

  /** The chip's unique identifier; empty where the bootloader does not show it. */
  public Optional<Uid> uid() {
    long at = board.chip().bootloader().uid();
    Optional<byte[]> uid = readIfAllowed(at, UID_BYTES);
    if (uid.isEmpty()) { // F4 is said to give whole blocks only
      int offset = (int) (at % BLOCK);
      uid =
          readIfAllowed(at - offset, BLOCK)
              .map(block -> Arrays.copyOfRange(block, offset, offset + UID_BYTES));
    }
    return uid.map(Uid::read);
  }

  @Override
  public byte[] read(long address, int count) {
    return readIfAllowed(address, count)
        .orElseThrow(() -> refused("%s: 0x%08x cannot be read", address));
  }

  private Optional<byte[]> readIfAllowed(long address, int count) {
    begin(READ_MEMORY);
    return line.address(address) && line.count(count)
        ? Optional.of(line.receive(count))
        : Optional.empty();
  }

  @Override
  public void write(long address, byte[] bytes) {
    byte[] counted = new byte[bytes.length + 1];
    counted[0] = (byte) (bytes.length - 1);
    System.arraycopy(bytes, 0, counted, 1, bytes.length);
    int units = bytes.length / board.flash().programUnit();
    int patience = PATIENCE_MILLIS + SLOWEST * units * board.flash().programMicros() / 1000;
    for (int i = 0; i < TRIES; i++) {
      begin(WRITE_MEMORY);
      if (line.address(address) && line.checked(counted, patience)) {
        return;
      }
    }
    throw refused("%s: 0x%08x cannot be written", address);
  }

  @Override
  public void erase(SectorMap.Sector sector) {
    int index = sector.index();
    byte[] one =
        extendedErase
            ? new byte[] {0, 0, (byte) (index >> 8), (byte) index}
            : new byte[] {0, (byte) index};
    long typical = (long) board.flash().eraseMillis() * sector.bytes();
    int millis = (int) (typical / board.flash().sectorBytes());
    begin(extendedErase ? EXTENDED_ERASE : ERASE);
    if (!line.checked(one, PATIENCE_MILLIS + SLOWEST * millis)) {
      throw refused("%s: the sector at 0x%08x cannot be erased", sector.address());
    }
  }

  /** Leaves the bootloader for the program whose vectors are at {@code address}. */
  public void go(long address) {
    begin(GO);
    if (!line.address(address)) {
      throw new Refusal(
          "%s: all is written, but 0x%08x cannot be started".formatted(name(), address),
          "take BOOT0 low, and press reset");
    }
  }

  /** A command that reaches memory; one that was damaged on the line is sent again. */
  private void begin(int command) {
    for (int i = 0; i < TRIES; i++) {
      if (line.command(command)) {
        return;
      }
    }
    throw new Refusal(
        name() + ": the chip is read-protected (RDP)",
        "lift that with a programmer, which erases all: STM32_Programmer_CLI -c port=SWD -rdu");
  }

  private Refusal refused(String what, long address) {
    return new Refusal(
        what.formatted(name(), address),
        "see that it is the right --board, not write-protected, and its supply is good");
  }
}
