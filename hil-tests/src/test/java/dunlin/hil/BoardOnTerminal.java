package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.bootloader.EmulatedBootloader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * An emulated bootloader behind a pseudo-terminal, which socat makes, for programs that know serial
 * ports only. Whatever the board is sent, it has all the virtual time that it needs to answer.
 */
final class BoardOnTerminal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private static final long VIRTUAL_MINUTE = 60_000_000_000L;

  private final EmulatedBootloader board;
  private final SocatTerminal terminal;
  private final Thread relay;
  private int answersLeft = Integer.MAX_VALUE;

  BoardOnTerminal(EmulatedBootloader board, Path folder) throws IOException, InterruptedException {
    this.board = board;
    terminal = new SocatTerminal(folder, "stdio");
    relay = new Thread(this::relay, "board on " + terminal.path());
    relay.start();
  }

  String path() {
    return terminal.path();
  }

  /** Lets it answer so often, and then no more, until somebody presses reset. */
  void silenceAfter(int answers) {
    synchronized (board) {
      answersLeft = answers;
    }
  }

  EmulatedBootloader board() {
    return board;
  }

  /** The button, with BOOT0 high; while nothing is on its way. */
  void pressReset() {
    synchronized (board) {
      board.reset();
      answersLeft = Integer.MAX_VALUE;
    }
  }

  private byte[] answer(byte[] sent) {
    synchronized (board) {
      if (answersLeft-- <= 0) {
        return new byte[0];
      }
      board.port().write(sent);
      board.emulation().runUntil(board.emulation().now() + VIRTUAL_MINUTE);
      return board.port().read();
    }
  }

  private void relay() {
    byte[] chunk = new byte[4096];
    try (InputStream in = terminal.socat().getInputStream();
        OutputStream out = terminal.socat().getOutputStream()) {
      for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
        out.write(answer(Arrays.copyOf(chunk, count)));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends socat, and waits until the board is nobody's but the caller's. */
  @Override
  public void close() {
    terminal.close();
    try {
      relay.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertTrue(!relay.isAlive(), "the relay does not end");
  }
}
