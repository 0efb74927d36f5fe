package dunlin.boards.qemu;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Chip;
import dunlin.boards.Programs;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Boards on QEMU, wired as they are told to be. Closing it ends every process. */
public final class QemuBoards implements Closeable {
  static final String EMULATOR = "qemu-system-arm";

  /** Unix sockets have short names, so not in the folder of the build. */
  private final TemporaryFolder folder;

  private final Relay relay;
  private final List<QemuBoard> boards = new ArrayList<>();
  private final Thread onExit = new Thread(this::close);

  /** No boards yet; theirs is the host's time. */
  public QemuBoards() {
    refuseUnlessInstalled();
    folder = new TemporaryFolder("dunlin-qemu");
    try {
      relay = new Relay();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** Whether QEMU is there. */
  public static boolean installed() {
    return Programs.installed(EMULATOR);
  }

  /**
   * Refuses what {@link #add} would, before anything is built.
   *
   * @param uarts as for {@link #add}
   */
  public static void check(BoardType type, int uarts) {
    if (type.chip() == null || type.chip().qemu() == null) {
      throw new Refusal(
          "QEMU has no board " + type.name(),
          "choose one of " + String.join(", ", BoardTypes.measurable()));
    }
    if (uarts > type.uart().count()) {
      throw new Refusal("QEMU wires no SPI between boards", "choose --link uart");
    }
    refuseUnlessInstalled();
  }

  static void refuseUnlessInstalled() {
    if (!installed()) {
      throw new Refusal(
          "the emulator " + EMULATOR + " is not there", "type: sudo apt install qemu-system-arm");
    }
  }

  /** QEMU's option that makes a core start from the vectors of its firmware, wherever it lies. */
  static List<String> startOf(Chip chip) {
    return List.of("-global", "armv7m.init-nsvtor=%#x".formatted(chip.firmwareFlash().origin()));
  }

  /** QEMU's device that loads an image behind the firmware. */
  static String inFlash(Chip chip, Path image) {
    return "loader,file=%s,addr=%#x,force-raw=on".formatted(image, chip.firmwareFlash().end());
  }

  /**
   * Adds a board; it starts with {@link #start}.
   *
   * @param firmware an ELF file
   * @param image what lies in its flash
   * @param uarts how many of its UARTs are wired, from UART 0 on
   */
  public QemuBoard add(BoardType type, Path firmware, byte[] image, int uarts) {
    check(type, uarts);
    try {
      Path own = Files.createDirectory(folder.path().resolve(Integer.toString(boards.size())));
      QemuBoard board = new QemuBoard(type, firmware, image, uarts, own, relay);
      boards.add(board);
      return board;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Powers all boards up, and returns when their firmware listens. */
  public void start() {
    try {
      for (QemuBoard board : boards) {
        board.start(EMULATOR);
      }
      for (QemuBoard board : boards) {
        board.await(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // the JVM is on its way out: this is the hook
    }
    boards.forEach(QemuBoard::stop);
    try {
      relay.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      folder.close();
    }
  }
}
