package dunlin.host.flash;

import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A chip at an ST-LINK, reached by whichever program is installed. */
final class StLink implements AutoCloseable {
  private static final String WRITTEN = "write.bin";
  private static final String READ = "read.bin";
  private static final int PATIENCE_SECONDS = 300;

  private final StLinkTool tool;
  private final Chip chip;
  private final String serial;
  private final TemporaryFolder folder = new TemporaryFolder("dunlin-st-link");

  /**
   * Nothing is spoken to yet.
   *
   * @param serial the ST-LINK's serial number; empty where there is only one
   */
  StLink(StLinkTool tool, Chip chip, String serial) {
    this.tool = tool;
    this.chip = chip;
    this.serial = serial;
  }

  /** For messages. */
  String name() {
    return "ST-LINK" + (serial.isEmpty() ? "" : " " + serial);
  }

  byte[] read(long address, int count) {
    try {
      Files.deleteIfExists(folder.path().resolve(READ));
      run(tool.program().read(chip, serial, READ, address, count));
      byte[] bytes = Files.readAllBytes(folder.path().resolve(READ));
      if (bytes.length != count) {
        throw failed("%,d bytes in place of %,d".formatted(bytes.length, count));
      }
      return bytes;
    } catch (IOException e) {
      throw failed("what it read cannot be read: " + e);
    }
  }

  /** Erases the sectors that the bytes belong in, and writes these. */
  void write(long address, byte[] bytes) {
    keep(bytes);
    run(tool.program().write(chip, serial, WRITTEN, address));
  }

  /** Whether {@link #append} can be. */
  boolean appends() {
    return tool.program().append(chip, serial, WRITTEN, 0).isPresent();
  }

  /** Writes to blank flash, and erases nothing. */
  void append(long address, byte[] bytes) {
    keep(bytes);
    run(tool.program().append(chip, serial, WRITTEN, address).orElseThrow());
  }

  void reset() {
    run(tool.program().reset(chip, serial));
  }

  private void keep(byte[] bytes) {
    try {
      Files.write(folder.path().resolve(WRITTEN), bytes);
    } catch (IOException e) {
      throw failed("what it is to write cannot be written: " + e);
    }
  }

  private void run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(tool.executable().toString()));
    command.addAll(arguments);
    Path log = folder.path().resolve("log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.path().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw failed("it does not end");
        }
      } finally {
        process.destroyForcibly();
      }
      if (process.exitValue() != 0) {
        throw failed(complaint(log));
      }
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(tool.program().command() + " was interrupted", e);
    }
  }

  /** The first line that speaks of an error; else the last. */
  private static String complaint(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
        .findFirst()
        .orElse(lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1))
        .strip();
  }

  private Refusal failed(String why) {
    return new Refusal(
        name() + ": " + tool.program().command() + " failed (" + why + ")",
        "see that one ST-LINK is plugged in, or name one with --port, and that the board has power");
  }

  @Override
  public void close() {
    folder.close();
  }
}
