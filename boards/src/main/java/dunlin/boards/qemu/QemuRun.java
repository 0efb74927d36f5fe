package dunlin.boards.qemu;

import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that runs on an emulated board to its end, alone. */
public final class QemuRun implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;

  private final Chip chip;
  private final Path firmware;
  private final TemporaryFolder folder;
  private final Path image;
  private final Path output;

  /**
   * A program.
   *
   * @param firmware an ELF file
   * @param image what lies behind it in flash
   */
  public QemuRun(Chip chip, Path firmware, byte[] image) {
    this.chip = chip;
    this.firmware = firmware;
    QemuBoards.refuseUnlessInstalled();
    folder = new TemporaryFolder("dunlin-qemu");
    try {
      this.image = Files.write(folder.path().resolve("image.bin"), image);
      output = folder.path().resolve("output");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives it a file to read. */
  public void tape(byte[] bytes) {
    try {
      Files.write(folder.path().resolve("tape"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs it by virtual time, and returns what it wrote to the debugger.
   *
   * @param shift an instruction takes 2^shift nanoseconds
   */
  public String written(int shift) {
    try {
      run(
          "file,id=debugger,path=" + output,
          messages -> messages.transferTo(OutputStream.nullOutputStream()),
          "-icount",
          "shift=" + shift + ",align=off,sleep=off");
      return Files.readString(output, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it, and returns what it did between its two marks. */
  public Trace trace() {
    try {
      return run("null,id=debugger", Trace::read, "-d", "in_asm,exec,nochain");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What reads QEMU's messages and its log, to their end. */
  @FunctionalInterface
  private interface Log<T> {
    T read(InputStream log) throws IOException;
  }

  private <T> T run(String debugger, Log<T> log, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(QemuBoards.EMULATOR));
    command.addAll(List.of("-machine", chip.qemu().machine(), "-nodefaults", "-display", "none"));
    command.addAll(List.of("-kernel", firmware.toString()));
    command.addAll(List.of("-device", QemuBoards.inFlash(chip, image)));
    command.addAll(List.of("-chardev", debugger));
    command.addAll(List.of("-semihosting-config", "enable=on,target=native,chardev=debugger"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.path().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    CompletableFuture<Process> end =
        process
            .onExit()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly());
    try {
      process.getOutputStream().close();
      T read = log.read(process.getErrorStream());
      if (end.join().waitFor() != 0) {
        throw new Refusal("the program did not end on QEMU", "see that QEMU runs");
      }
      return read;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while QEMU ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
