package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.kernels.WeightLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What every board of one type has; a TOML file in this module's resources.
 *
 * @param name as {@code --board} takes it
 * @param description for people
 * @param weights the layout of weights that suits its core
 * @param imageBytes flash that is left for an image beside the firmware
 * @param ram RAM that is left for a node's buffers beside the firmware, the preferred region first
 * @param uart its UARTs
 * @param spi its SPI ports
 * @param flash geometry and timing of the flash
 * @param chip what its firmware is built for; null where there is none yet
 * @param performance what its work takes; null where ops take no time
 */
public record BoardType(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) Weights weights,
    @JsonProperty(value = "image-bytes", required = true) int imageBytes,
    @JsonProperty(required = true) List<Region> ram,
    @JsonProperty(required = true) Uarts uart,
    @JsonProperty(required = true) Spis spi,
    @JsonProperty(required = true) FlashGeometry flash,
    Chip chip,
    Performance performance) {

  /** Layouts of weights. */
  public enum Weights {
    /** Row-major: cores without the DSP extension, and the desktop. */
    @JsonProperty("plain")
    PLAIN(WeightLayout.PLAIN),
    /** Packed for SXTB16 and SMLAD: Cortex-M4, M7. */
    @JsonProperty("packed")
    PACKED(WeightLayout.PACKED),
    /** Padded for Helium's vectors: Cortex-M55. */
    @JsonProperty("helium")
    HELIUM(WeightLayout.HELIUM);

    private final int layout;

    Weights(int layout) {
      this.layout = layout;
    }

    /** The {@link WeightLayout} that images and kernels know it by. */
    public int layout() {
      return layout;
    }
  }

  /** A region of RAM. */
  public record Region(
      @JsonProperty(required = true) String name, @JsonProperty(required = true) int bytes) {}

  /**
   * UARTs; UART 0 is the console link.
   *
   * @param count how many
   * @param baud symbols a second
   * @param receiveQueue bytes
   * @param transmitQueue bytes
   * @param bits symbols of a byte on the line: {@value #START_EIGHT_STOP} where nothing is said, 1
   *     for a line that is so wide that it carries a byte at a time
   * @param setupNanos nanoseconds from a write to an idle line to its first symbol
   */
  public record Uarts(
      @JsonProperty(required = true) int count,
      @JsonProperty(required = true) int baud,
      @JsonProperty(value = "receive-queue", required = true) int receiveQueue,
      @JsonProperty(value = "transmit-queue", required = true) int transmitQueue,
      Integer bits,
      @JsonProperty("setup-nanos") int setupNanos) {
    /** A start bit, eight data bits, a stop bit. */
    static final int START_EIGHT_STOP = 10;

    /** What is not said is as UARTs have it. */
    public Uarts {
      bits = bits == null ? START_EIGHT_STOP : bits;
    }

    /** As UARTs have them. */
    public Uarts(int count, int baud, int receiveQueue, int transmitQueue) {
      this(count, baud, receiveQueue, transmitQueue, START_EIGHT_STOP, 0);
    }

    /** So many of these at such a rate. */
    Uarts with(int otherCount, int otherBaud) {
      return new Uarts(otherCount, otherBaud, receiveQueue, transmitQueue, bits, setupNanos);
    }

    /** These, which begin at once. */
    Uarts withoutSetup() {
      return new Uarts(count, baud, receiveQueue, transmitQueue, bits, 0);
    }

    /** How fast a line is. */
    public double bytesPerSecond() {
      return (double) baud / bits;
    }
  }

  /**
   * SPI ports, which may be masters or slaves; they are numbered after the UARTs.
   *
   * @param count how many; may be 0
   * @param hertz bits a second
   * @param gapMicros microseconds that a slave needs from chip select to the first bit
   * @param receiveQueue bytes
   * @param transmitQueue bytes
   */
  public record Spis(
      @JsonProperty(required = true) int count,
      @JsonProperty(required = true) int hertz,
      @JsonProperty(value = "gap-micros", required = true) int gapMicros,
      @JsonProperty(value = "receive-queue", required = true) int receiveQueue,
      @JsonProperty(value = "transmit-queue", required = true) int transmitQueue) {}

  /**
   * Flash.
   *
   * @param programUnit bytes
   * @param sectorBytes bytes of the sectors that hold images
   * @param programMicros microseconds to program a unit
   * @param eraseMillis milliseconds to erase a sector
   */
  public record FlashGeometry(
      @JsonProperty(value = "program-unit", required = true) int programUnit,
      @JsonProperty(value = "sector-bytes", required = true) int sectorBytes,
      @JsonProperty(value = "program-micros", required = true) int programMicros,
      @JsonProperty(value = "erase-millis", required = true) int eraseMillis) {}

  /** A type without firmware. */
  public BoardType(
      String name,
      String description,
      Weights weights,
      int imageBytes,
      List<Region> ram,
      Uarts uart,
      Spis spi,
      FlashGeometry flash) {
    this(name, description, weights, imageBytes, ram, uart, spi, flash, null, null);
  }

  /** This type with weights in another layout. */
  public BoardType with(Weights other) {
    return new BoardType(
        name, description, other, imageBytes, ram, uart, spi, flash, chip, performance);
  }

  /** This type with another pace and power. */
  public BoardType with(Performance other) {
    return new BoardType(
        name, description, weights, imageBytes, ram, uart, spi, flash, chip, other);
  }

  /** This type with UARTs at another rate. */
  public BoardType withBaud(int baud) {
    Uarts other = uart.with(uart.count(), baud);
    return new BoardType(
        name, description, weights, imageBytes, ram, other, spi, flash, chip, performance);
  }

  /** This type with UARTs that begin at once. */
  public BoardType withoutLinkSetup() {
    return new BoardType(
        name,
        description,
        weights,
        imageBytes,
        ram,
        uart.withoutSetup(),
        spi,
        flash,
        chip,
        performance);
  }

  /** This type without its ports. */
  public BoardType withoutPorts() {
    Uarts noUart = uart.with(0, uart.baud());
    Spis noSpi = new Spis(0, spi.hertz(), spi.gapMicros(), spi.receiveQueue(), spi.transmitQueue());
    return new BoardType(
        name, description, weights, imageBytes, ram, noUart, noSpi, flash, chip, performance);
  }

  /** What images and firmware know the type by: 16 bits, its name's CRC-32 in part. */
  public int id() {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue() & 0xffff;
  }

  /** This type with more of its first RAM region left to the firmware. */
  public BoardType withFirmwareRam(int more) {
    List<Region> regions = new ArrayList<>(ram);
    regions.set(0, new Region(ram.get(0).name(), ram.get(0).bytes() - more));
    return new BoardType(
        name, description, weights, imageBytes, regions, uart, spi, flash, chip, performance);
  }

  /** Why no firmware is built for it, where there is none. */
  public String noFirmware() {
    return "there is no firmware for board "
        + name
        + (performance == null || performance.offChip() == null
            ? ""
            : ", since none drives its memory off the chip; it is for plan and run");
  }

  /** RAM of all regions together. */
  public long ramBytes() {
    return ram.stream().mapToLong(Region::bytes).sum();
  }
}
