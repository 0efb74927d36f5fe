package dunlin.boards;

import dunlin.firmware.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The board types that come with Dunlin. */
public final class BoardTypes {
  /** Their names; {@code emulated} is a board of any size. */
  public static final List<String> NAMES =
      List.of(
          "emulated",
          "stm32f405",
          "nucleo-h743zi2",
          "nucleo-l476rg",
          "stm32h750b-dk",
          "mps2-an385",
          "mps2-an386",
          "mps2-an500",
          "mps3-an547",
          "siracusa",
          "microej");

  private static final String REMEDY = "the files in boards/src/main/resources show every key";

  /** An image says in the bits of a word which ports its children are on; one bit is spare. */
  private static final int MOST_PORTS = 31;

  /** Bytes of all the frames that a peer may send before it is told to go on. */
  private static final int FRAMES = Frame.WINDOW * Frame.MAX_BYTES;

  /** Start, eight data bits, parity, two stop bits. */
  private static final int MOST_BITS = 12;

  private static final int MOST_SECTORS = 4096;

  private static final int MOST_SECTOR_BYTES = 1 << 20;

  /** Of an instruction on average: cores that do several at once, memories that make them wait. */
  private static final double LEAST_CYCLES = 0.1;

  private static final double MOST_CYCLES = 1000;

  private static final double MOST_MILLIWATTS = 1e6;

  private static final double MOST_PICOJOULES = 1e6;

  private BoardTypes() {}

  /** The names of those that firmware can be built for. */
  public static List<String> withFirmware() {
    return NAMES.stream().filter(name -> named(name).chip() != null).toList();
  }

  /** The names of those whose core QEMU has, so that kernels can be measured on it. */
  public static List<String> measurable() {
    return withFirmware().stream().filter(name -> named(name).chip().qemu() != null).toList();
  }

  /** What people call the type that images and firmware know by {@code id}. */
  public static String nameOf(int id) {
    return NAMES.stream()
        .filter(name -> named(name).id() == id)
        .findFirst()
        .orElse("board of type " + id);
  }

  /** The type called {@code name}. */
  public static BoardType named(String name) {
    if (!NAMES.contains(name)) {
      throw new Refusal("no board is called " + name, "choose one of " + String.join(", ", NAMES));
    }
    String file = name + ".toml";
    try (InputStream in = BoardTypes.class.getResourceAsStream(file)) {
      return read(file, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a board file.
   *
   * @param file its name, for messages
   * @param toml its text
   */
  public static BoardType read(String file, String toml) {
    TomlFile source = new TomlFile(file, toml, REMEDY);
    return checked(source, source.read(BoardType.class));
  }

  private static BoardType checked(TomlFile file, BoardType board) {
    BoardType.Uarts uart = board.uart();
    BoardType.Spis spi = board.spi();
    expect(file, "uart.count", uart.count(), 1, MOST_PORTS);
    expect(file, "uart.baud", uart.baud(), 1, Integer.MAX_VALUE);
    expect(file, "uart.receive-queue", uart.receiveQueue(), FRAMES, Integer.MAX_VALUE);
    expect(file, "uart.transmit-queue", uart.transmitQueue(), 1, Integer.MAX_VALUE);
    expect(file, "uart.bits", uart.bits(), 1, MOST_BITS);
    expect(file, "uart.setup-nanos", uart.setupNanos(), 0, Integer.MAX_VALUE);
    expect(file, "spi.count", spi.count(), 0, MOST_PORTS - uart.count());
    expect(file, "spi.hertz", spi.hertz(), 1, Integer.MAX_VALUE);
    expect(file, "spi.gap-micros", spi.gapMicros(), 0, Integer.MAX_VALUE);
    expect(file, "spi.receive-queue", spi.receiveQueue(), FRAMES, Integer.MAX_VALUE);
    expect(file, "spi.transmit-queue", spi.transmitQueue(), 1, Integer.MAX_VALUE);
    if (board.performance() != null) {
      checkPerformance(file, board);
    }
    if (board.chip() != null && board.chip().bootloader() != null) {
      checkSectors(file, board);
    }
    if (board.performance() != null && board.performance().offChip() != null) {
      checkOffChip(file, board);
    }
    return board;
  }

  private static void checkPerformance(TomlFile file, BoardType board) {
    Performance performance = board.performance();
    String section = "performance.";
    if (performance.core().isBlank()) {
      throw file.refusal(section + "core", "empty, not the name of a table");
    }
    expect(file, section + "hertz", performance.hertz(), 1, 1e10);
    expect(
        file,
        section + "cycles-per-instruction",
        performance.cyclesPerInstruction(),
        LEAST_CYCLES,
        MOST_CYCLES);
    expect(file, section + "active-milliwatts", performance.activeMilliwatts(), 0, MOST_MILLIWATTS);
    expect(file, section + "idle-milliwatts", performance.idleMilliwatts(), 0, MOST_MILLIWATTS);
    expect(file, section + "bit-picojoules", performance.bitPicojoules(), 0, MOST_PICOJOULES);
    if (board.chip() != null && board.chip().coreHertz() != performance.hertz()) {
      throw file.refusal(section + "hertz", "not chip.core-hertz");
    }
  }

  /** They hold the firmware and the image, and no sector holds some of both. */
  private static void checkSectors(TomlFile file, BoardType board) {
    for (Chip.Sectors run : board.chip().bootloader().sectors()) {
      expect(file, "chip.bootloader.sectors.count", run.count(), 1, MOST_SECTORS);
      expect(file, "chip.bootloader.sectors.bytes", run.bytes(), 1, MOST_SECTOR_BYTES);
    }
    SectorMap sectors = SectorMap.of(board.chip());
    int firmware = board.chip().firmwareFlash().bytes();
    if (sectors.bytes() < (long) firmware + board.imageBytes()
        || sectors.all().stream()
            .noneMatch(sector -> sector.address() == sectors.origin() + firmware)) {
      throw file.refusal(
          "chip.bootloader.sectors",
          "none begins behind the firmware, or the image ends behind all");
    }
  }

  private static void expect(TomlFile file, String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw file.refusal(key, value + ", not " + number(least) + " to " + number(most));
    }
  }

  private static String number(double value) {
    return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static void checkOffChip(TomlFile file, BoardType board) {
    OffChip memory = board.performance().offChip();
    expect(
        file, "performance.off-chip.resident-bytes", memory.residentBytes(), 0, board.imageBytes());
    if (!(memory.bytesPerSecond() > 0)) {
      throw file.refusal(
          "performance.off-chip.bytes-per-second", memory.bytesPerSecond() + ", not above 0");
    }
    if (board.ram().stream().noneMatch(region -> region.name().equals(memory.buffer()))) {
      throw file.refusal(
          "performance.off-chip.buffer", "no RAM region is called " + memory.buffer());
    }
  }

  private static void expect(TomlFile file, String key, int value, int least, int most) {
    if (value < least || value > most) {
      String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
      throw file.refusal(key, value + ", not " + range);
    }
  }
}
