package dunlin.host.rig;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.host.pi.PiPins;
import java.util.List;
import java.util.Optional;

/**
 * What is plugged in where on one desk: {@code rig.local.toml}, for nobody else.
 *
 * @param ports the serial ports of boards; the host's link is rank 0's
 * @param raspberryPi the pins by which a Raspberry Pi has the root; null where none has
 */
public record Desk(List<BoardPort> ports, @JsonProperty("raspberry-pi") PiPins raspberryPi) {

  /** No ports, where the file names none. */
  public Desk {
    ports = ports == null ? List.of() : List.copyOf(ports);
  }

  /**
   * The serial port of a board.
   *
   * @param rank the board's
   * @param port as {@code dunlin ports} lists it: a path, {@code VID:PID}, a serial number, or
   *     {@code VID:PID:SERIAL}
   */
  public record BoardPort(
      @JsonProperty(required = true) int rank, @JsonProperty(required = true) String port) {}

  /** What the port of a rank is called. */
  public Optional<String> port(int rank) {
    return ports.stream().filter(each -> each.rank() == rank).map(BoardPort::port).findFirst();
  }
}
