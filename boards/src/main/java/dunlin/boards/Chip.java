package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a board's firmware is built for.
 *
 * @param family the drivers: a package of this module
 * @param cpu the core, as gcc names it
 * @param crystalHertz the crystal on the board
 * @param coreHertz the core's clock
 * @param interrupts how many the chip has beside the core's own
 * @param firmwareFlash where the firmware lies; the image lies behind it
 * @param mainRam where the firmware's data, the node's first RAM region and the stack lie
 * @param stackBytes the stack's share of the main RAM
 * @param qemu what stands for the board on QEMU; null where nothing does
 * @param ports its UARTs, the console first
 */
public record Chip(
    @JsonProperty(required = true) String family,
    @JsonProperty(required = true) String cpu,
    @JsonProperty(value = "crystal-hertz", required = true) int crystalHertz,
    @JsonProperty(value = "core-hertz", required = true) int coreHertz,
    @JsonProperty(required = true) int interrupts,
    @JsonProperty(value = "firmware-flash", required = true) Extent firmwareFlash,
    @JsonProperty(value = "main-ram", required = true) Extent mainRam,
    @JsonProperty(value = "stack-bytes", required = true) int stackBytes,
    Qemu qemu,
    @JsonProperty(required = true) List<Port> ports) {

  /** Memory that lies in one piece. */
  public record Extent(
      @JsonProperty(required = true) long origin, @JsonProperty(required = true) int bytes) {
    /** The address behind it. */
    public long end() {
      return origin + bytes;
    }
  }

  /**
   * A board's stand-in.
   *
   * @param machine as QEMU names it
   * @param listening a register that is not 0 once the firmware has started its last UART
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
}
