package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a board's firmware is built for.
 *
 * @param family the drivers: a package of this module
 * @param cpu the core, as gcc names it
 * @param externalHertz the oscillator on the board; 0 where the chip's own is used
 * @param externalClock whether that is a clock that comes in, and no crystal
 * @param coreHertz the core's clock
 * @param interrupts how many the chip has beside the core's own
 * @param firmwareFlash where the firmware lies; the image lies behind it
 * @param mainRam where the firmware's data, the node's first RAM region and the stack lie
 * @param moreRam where the node's other RAM regions lie, in their order; empty where there are none
 * @param stackBytes the stack's share of the main RAM
 * @param qemu what stands for the board on QEMU; null where nothing does
 * @param ports its UARTs, the console first
 * @param spis its SPI ports; empty where it has none
 * @param bootloader the loader in its ROM that programs the flash; null where there is none
 */
public record Chip(
    @JsonProperty(required = true) String family,
    @JsonProperty(required = true) String cpu,
    @JsonProperty("external-hertz") int externalHertz,
    @JsonProperty("external-clock") boolean externalClock,
    @JsonProperty(value = "core-hertz", required = true) int coreHertz,
    @JsonProperty(required = true) int interrupts,
    @JsonProperty(value = "firmware-flash", required = true) Extent firmwareFlash,
    @JsonProperty(value = "main-ram", required = true) Extent mainRam,
    @JsonProperty("more-ram") List<Extent> moreRam,
    @JsonProperty(value = "stack-bytes", required = true) int stackBytes,
    Qemu qemu,
    @JsonProperty(required = true) List<Port> ports,
    List<Spi> spis,
    Bootloader bootloader) {

  /** What the file leaves out is empty. */
  public Chip {
    moreRam = moreRam == null ? List.of() : List.copyOf(moreRam);
    spis = spis == null ? List.of() : List.copyOf(spis);
  }

  /** Memory that lies in one piece. */
  public record Extent(
      @JsonProperty(required = true) long origin, @JsonProperty(required = true) int bytes) {
    /** The address behind it. */
    public long end() {
      return origin + bytes;
    }
  }

  /**
   * ST's serial bootloader.
   *
   * @param id by which it knows the chip: 12 bits (AN2606)
   * @param uid address of the MCU's unique identifier, 12 bytes
   * @param sectors what it erases, from the start of the flash on; {@link SectorMap} has each
   */
  public record Bootloader(
      @JsonProperty(required = true) int id,
      @JsonProperty(required = true) long uid,
      @JsonProperty(required = true) List<Sectors> sectors) {}

  /** Sectors of one size that follow each other. */
  public record Sectors(
      @JsonProperty(required = true) int count, @JsonProperty(required = true) int bytes) {}

  /**
   * A board's stand-in.
   *
   * @param machine as QEMU names it
   * @param listening a register that is not 0 once the firmware has opened the console, which it
   *     opens last
   */
  public record Qemu(
      @JsonProperty(required = true) String machine,
      @JsonProperty(required = true) long listening) {}

  /**
   * A UART.
   *
   * @param name as the reference manual has it
   * @param base address of its registers
   * @param interrupt number of its interrupt
   * @param sendInterrupt number of the sender's own; null where there is one for both
   * @param clock what turns it on; null where it is on
   * @param pins where it comes out; null where that is fixed
   */
  public record Port(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) long base,
      @JsonProperty(required = true) int interrupt,
      @JsonProperty("send-interrupt") Integer sendInterrupt,
      Clock clock,
      Pins pins) {}

  /**
   * A peripheral's clock.
   *
   * @param register offset of the register that turns it on, from the clock controller's base
   * @param bit in that register
   * @param divider core cycles in one of its cycles
   */
  public record Clock(
      @JsonProperty(required = true) int register,
      @JsonProperty(required = true) int bit,
      @JsonProperty(required = true) int divider) {}

  /**
   * A UART's pins, by name ({@code PB6}), and their alternate function.
   *
   * @param transmit out
   * @param receive in
   * @param function number of the alternate function
   */
  public record Pins(
      @JsonProperty(required = true) String transmit,
      @JsonProperty(required = true) String receive,
      @JsonProperty(required = true) int function) {}

  /**
   * An SPI port.
   *
   * @param name as the reference manual has it
   * @param base address of its registers
   * @param interrupt number of the interrupt that says that bytes have come
   * @param clock what turns it on
   * @param pins where it comes out
   * @param select the line by which a master selects its slave
   * @param ready the line by which a slave asks its master for a transfer
   * @param dma what moves its bytes; null where interrupts do
   */
  public record Spi(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) long base,
      @JsonProperty(required = true) int interrupt,
      @JsonProperty(required = true) Clock clock,
      @JsonProperty(required = true) SpiPins pins,
      @JsonProperty(required = true) Line select,
      @JsonProperty(required = true) Line ready,
      Dma dma) {}

  /**
   * An SPI port's pins, by name, and their alternate function.
   *
   * @param clock from the master
   * @param miso from slave to master
   * @param mosi from master to slave
   * @param function number of the alternate function
   */
  public record SpiPins(
      @JsonProperty(required = true) String clock,
      @JsonProperty(required = true) String miso,
      @JsonProperty(required = true) String mosi,
      @JsonProperty(required = true) int function) {}

  /**
   * A pin, by name, that interrupts.
   *
   * @param pin any that is free
   * @param interrupt number of the interrupt of pins with this number
   */
  public record Line(
      @JsonProperty(required = true) String pin, @JsonProperty(required = true) int interrupt) {}

  /**
   * What moves an SPI port's bytes.
   *
   * @param base address of the controller's registers
   * @param bit that turns the controller on
   * @param receive number of the stream or channel that brings bytes
   * @param transmit number of the one that takes them away
   * @param request what both listen to
   */
  public record Dma(
      @JsonProperty(required = true) long base,
      @JsonProperty(required = true) int bit,
      @JsonProperty(required = true) int receive,
      @JsonProperty(required = true) int transmit,
      @JsonProperty(required = true) int request) {}
}
