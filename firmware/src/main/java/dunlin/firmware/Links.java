package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.kernels.Unchecked;

/**
 * A node's links, one for each port that is wired. Upstream, towards the host, is where the HELLO
 * came from.
 */
@Unchecked
final class Links {
  private final Link[] links;
  private int upstream;

  /**
   * Opens ports.
   *
   * @param wired which, a bit each
   * @param children those of them that lead away from the host
   * @param parent the port of the parent; 0 where there is none
   */
  Links(Board board, int wired, int children, int parent, Crc32 crc) {
    links = new Link[board.ports()];
    for (int port = links.length - 1; port >= 0; port--) {
      if ((wired >> port & 1) != 0) {
        // Who asks a node that has a parent by its console sends one frame at a time.
        int window = port == 0 && parent != 0 ? 1 : Frame.WINDOW;
        int queue = window == 1 ? Frame.GREETING_BYTES : Frame.WINDOW * Frame.MAX_BYTES;
        Port opened = board.open(port, (children >> port & 1) != 0, queue);
        links[port] = new Link(opened, port, window, crc);
      }
    }
  }

  /** How many ports the board has. */
  int count() {
    return links.length;
  }

  /** The link at a port; null where none is wired. */
  Link at(int port) {
    return links[port];
  }

  Link upstream() {
    return links[upstream];
  }

  int upstreamPort() {
    return upstream;
  }

  void setUpstream(int port) {
    upstream = port;
  }

  /** Goes on sending what is on its way. */
  void transmit() {
    for (int port = 0; port < links.length; port++) {
      if (links[port] != null) {
        links[port].transmit();
      }
    }
  }

  /** Tells peers what they may be waiting for. */
  void acknowledge() {
    for (int port = 0; port < links.length; port++) {
      if (links[port] != null) {
        links[port].acknowledge();
      }
    }
  }

  void await(Wake wake) {
    for (int port = 0; port < links.length; port++) {
      if (links[port] != null) {
        links[port].await(wake);
      }
    }
  }
}
