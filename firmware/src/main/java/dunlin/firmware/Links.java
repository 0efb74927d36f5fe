package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Wake;
import dunlin.kernels.Unchecked;

/** A node's links, one for each port. Upstream, towards the host, is where the HELLO came from. */
@Unchecked
final class Links {
  private final Link[] links;
  private int upstream;

  Links(Board board, Crc32 crc) {
    links = new Link[board.ports()];
    for (int port = 0; port < links.length; port++) {
      links[port] = new Link(board.port(port), port, Frame.WINDOW, crc);
    }
  }

  int count() {
    return links.length;
  }

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
      links[port].transmit();
    }
  }

  /** Tells peers what they may be waiting for. */
  void acknowledge() {
    for (int port = 0; port < links.length; port++) {
      links[port].acknowledge();
    }
  }

  void await(Wake wake) {
    for (int port = 0; port < links.length; port++) {
      links[port].await(wake);
    }
  }
}
