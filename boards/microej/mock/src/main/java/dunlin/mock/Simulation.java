package dunlin.mock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/**
 * The board that the simulator stands for, as mock options describe it: {@code dunlin.image} is the
 * file of an image, {@code dunlin.uart.0} and so on say where {@link Line}s lead, the console's
 * first, and so do {@code dunlin.spi.0} and so on. Ports without an option lead nowhere.
 */
public final class Simulation {
  /** Of microej.toml; SPI ports are numbered after the UARTs. */
  private static final int UART_COUNT = 4;

  private static final int SPI_COUNT = 3;

  private static final Object BELL = new Object();
  private static final byte[] IMAGE = image(option("dunlin.image"));
  private static final List<Line> UARTS = lines("dunlin.uart.", UART_COUNT);
  private static final List<Line> SPIS = lines("dunlin.spi.", SPI_COUNT);

  private Simulation() {}

  /** What lies in flash; nobody may change it. */
  public static byte[] image() {
    return IMAGE;
  }

  /** How many UARTs there are. */
  public static int uarts() {
    return UARTS.size();
  }

  /** How many SPI ports there are. */
  public static int spis() {
    return SPIS.size();
  }

  /** A port: the UARTs, then the SPI ports. */
  public static Line port(int index) {
    return index < UARTS.size() ? UARTS.get(index) : spi(index - UARTS.size());
  }

  /** An SPI port, counted from 0. */
  public static Line spi(int index) {
    return SPIS.get(index);
  }

  /**
   * Waits until a line has what is wanted of it.
   *
   * @param receive bytes that are wanted of each port; 0 is nothing
   * @param nanos at the most
   */
  public static void await(int[] receive, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    synchronized (BELL) {
      for (long left = nanos; left > 0 && !served(receive); left = deadline - System.nanoTime()) {
        BELL.wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    }
  }

  private static boolean served(int[] receive) {
    for (int i = 0; i < receive.length; i++) {
      int wanted = Math.min(receive[i], Line.QUEUE);
      if (wanted > 0 && port(i).available() >= wanted) {
        return true;
      }
    }
    return SPIS.stream().anyMatch(spi -> spi.available() > 0);
  }

  private static String option(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "microej.mock.property." + name + " is not set: see boards/microej/README.md");
    }
    return value;
  }

  private static byte[] image(String file) {
    try {
      return Files.readAllBytes(Paths.get(file));
    } catch (IOException e) {
      throw new UncheckedIOException("microej.mock.property.dunlin.image", e);
    }
  }

  private static List<Line> lines(String prefix, int count) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(new Line(System.getProperty(prefix + i), BELL));
    }
    return lines;
  }
}
