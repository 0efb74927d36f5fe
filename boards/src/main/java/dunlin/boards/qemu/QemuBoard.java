package dunlin.boards.qemu;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.Trap;
import dunlin.boards.cortexm.LastTrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A board on QEMU: a process, and the sockets of its UARTs. */
public final class QemuBoard {
  /** QEMU starts in 50 ms; a machine that is busy with other things takes its time. */
  private static final int PATIENCE_MILLIS = 30_000;

  /** The shell outlives the JVM, however that ends: at the end of its input, so does QEMU. */
  private static final String END_WITH_INPUT =
      "\"$@\" </dev/null & board=$!; cat >/dev/null; kill -9 $board; wait $board";

  private static final Pattern TERMINAL = Pattern.compile("char device redirected to (\\S+) ");

  private static final Pattern WORD = Pattern.compile("\\p{XDigit}{8}: 0x(\\p{XDigit}{8})");

  private final Chip chip;
  private final Path firmware;
  private final Path image;
  private final Path log;
  private final List<RelayPort> uarts = new ArrayList<>();
  private final RelayPort monitorPort;
  private final HostLine monitor;
  private boolean offersTerminal;
  private Process process;

  QemuBoard(BoardType type, Path firmware, byte[] image, int uarts, Path folder, Relay relay)
      throws IOException {
    chip = type.chip();
    this.firmware = firmware;
    this.image = Files.write(folder.resolve("image.bin"), image);
    log = folder.resolve("log");
    for (int i = 0; i < uarts; i++) {
      this.uarts.add(relay.listen(folder.resolve("u" + i)));
    }
    monitorPort = relay.listen(folder.resolve("monitor"));
    monitor = new HostLine(monitorPort);
  }

  /** Wires a UART of this board to one of another. */
  public void wire(int uart, QemuBoard other, int otherUart) {
    RelayPort.wire(uarts.get(uart), other.uarts.get(otherUart));
  }

  /** The host's end of a UART. */
  public HostLine host(int uart) {
    return new HostLine(uarts.get(uart));
  }

  /** Gives UART 0 a pseudo-terminal, which programs open as they would a USB cable's port. */
  public void offerTerminal() {
    offersTerminal = true;
  }

  /** The pseudo-terminal, once the board is powered up. */
  public Path terminal() {
    try {
      Matcher terminal = TERMINAL.matcher(Files.readString(log));
      if (!terminal.find()) {
        throw refusal("QEMU offers no terminal");
      }
      return Path.of(terminal.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that have arrived at a UART, or wait to. */
  public long bytesTo(int uart) {
    return uarts.get(uart).sent();
  }

  /** Bytes that have arrived at all its UARTs, or wait to. */
  public long bytesToAll() {
    return uarts.stream().mapToLong(RelayPort::sent).sum();
  }

  /** The reset button. */
  public void reset() {
    monitor("stop");
    monitor("system_reset");
    await(false);
    monitor("cont");
    await(true);
  }

  /** Takes its power away, and gives it back: the process ends, and another one starts. */
  public void powerCycle() {
    stop();
    uarts.forEach(RelayPort::unplug);
    monitorPort.unplug();
    try {
      start(QemuBoards.EMULATOR);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(true);
  }

  /** Why the firmware stopped last; empty where it never did. */
  public Optional<Trap> trap() {
    long at = chip.mainRam().origin();
    int state = word(at);
    return state == LastTrap.NEW || state == LastTrap.TOLD
        ? Optional.of(
            new Trap(word(at + 4), word(at + 8), word(at + 12), word(at + 16), word(at + 20)))
        : Optional.empty();
  }

  /** The ELF file of its firmware. */
  public Path firmware() {
    return firmware;
  }

  /** A word of the board's memory, or of a register; the core's way, for some are secure. */
  public int word(long address) {
    monitor.takeAll();
    monitor("x /1wx " + address);
    StringBuilder answer = new StringBuilder();
    Matcher word = WORD.matcher(answer);
    while (!word.find()) {
      if (!monitor.await(1, PATIENCE_MILLIS)) {
        throw refusal("QEMU does not answer");
      }
      answer.append(new String(monitor.takeAll(), StandardCharsets.US_ASCII));
      word.reset();
    }
    return Integer.parseUnsignedInt(word.group(1), 16);
  }

  void start(String emulator) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", END_WITH_INPUT, "sh", emulator));
    command.addAll(List.of("-machine", chip.qemu().machine(), "-nodefaults", "-display", "none"));
    command.addAll(List.of("-kernel", firmware.toString()));
    command.addAll(QemuBoards.startOf(chip));
    command.addAll(List.of("-device", QemuBoards.inFlash(chip, image)));
    for (RelayPort uart : uarts) {
      String name = uart.path().getFileName().toString();
      boolean isTerminal = offersTerminal && uart == uarts.get(0);
      String kind = isTerminal ? "pty,id=%s" : "socket,id=%s,path=%s";
      command.addAll(List.of("-chardev", kind.formatted(name, uart.path())));
      command.addAll(List.of("-serial", "chardev:" + name));
    }
    command.addAll(List.of("-chardev", "socket,id=monitor,path=" + monitorPort.path()));
    command.addAll(List.of("-mon", "chardev=monitor,mode=readline"));
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /**
   * Waits until the firmware listens on the console, which it opens last, or (with the processor
   * stopped) does not.
   */
  void await(boolean listening) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (word(chip.qemu().listening()) != 0 != listening) {
      if (System.nanoTime() > deadline) {
        throw refusal("the firmware does not start");
      }
    }
  }

  void stop() {
    if (process != null) {
      try {
        process.getOutputStream().close(); // then the shell kills QEMU
        process.waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void monitor(String command) {
    byte[] line = (command + "\n").getBytes(StandardCharsets.US_ASCII);
    monitor.write(line, 0, line.length);
  }

  private Refusal refusal(String what) {
    String said = "";
    try {
      said = Files.readString(log).lines().reduce((a, b) -> b).orElse("");
    } catch (IOException e) {
      said = e.getMessage();
    }
    return new Refusal(what + (said.isEmpty() ? "" : " (" + said + ")"), "see that QEMU runs");
  }
}
