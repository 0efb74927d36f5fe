package dunlin.host.doctor;

import java.util.Map;

/**
 * What came back from a port.
 *
 * @param port its path
 * @param baud the rate at which a node should talk, 8N1
 * @param toSync what came back for the byte by which a bootloader measures the rate, 8E1
 * @param toGet what it answered to its first command, GET
 * @param sent the HELLO that was sent
 * @param toHello what came back for that, by baud rate, 8N1
 */
public record Observation(
    String port, int baud, byte[] toSync, byte[] toGet, byte[] sent, Map<Integer, byte[]> toHello) {

  /** What came back at a rate; nothing where it was not tried. */
  byte[] at(int rate) {
    return toHello.getOrDefault(rate, new byte[0]);
  }
}
