package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * A node's links, one for each port that is wired. Upstream, towards the host, is where the HELLO
 * came from; children are where the image has them.
 */
@Unchecked
final class Links {
  /** By port; null where none is wired. */
  private final Link[] links;

  /** Those there are. */
  private final Link[] wired;

  private final int children;
  private int upstream;

  private Links(Board board, int ports, int children, Memory memory, Crc32 crc) {
    this.children = children;
    links = new Link[board.ports()];
    wired = new Link[count(ports)];
    byte[] out = new byte[Frame.MAX_BYTES];
    int buffer = memory == null ? 0 : Dsp.load32(memory.image(), ImageHeader.OUTBOXES);
    int places = memory == null ? 1 : Frame.WINDOW;
    int start = Memory.offset(buffer);
    int left = wired.length;
    for (int port = links.length - 1; port >= 0; port--) {
      if ((ports >> port & 1) != 0) {
        Port opened = board.open(port, child(port));
        byte[] bytes = memory == null ? new byte[Outbox.bytes(1)] : memory.array(buffer);
        links[port] = new Link(opened, port, crc, out, new Outbox(bytes, start, places));
        start += memory == null ? 0 : Outbox.bytes(Frame.WINDOW);
        left--;
        wired[left] = links[port];
      }
    }
  }

  private static int count(int ports) {
    int count = 0;
    for (int rest = ports; rest != 0; rest &= rest - 1) {
      count++;
    }
    return count;
  }

  /** The links of a node with a good image: those that it wires, and memory for what they send. */
  static Links of(Board board, Memory memory, Crc32 crc) {
    byte[] image = memory.image();
    int all = (1 << board.ports()) - 1;
    int children = Dsp.load32(image, ImageHeader.CHILDREN) & all;
    return new Links(board, ImageHeader.wired(image) & all, children, memory, crc);
  }

  /** The links of a node without one: a host may be at any of them. */
  static Links toHosts(Board board, Crc32 crc) {
    return new Links(board, board.hostPorts(), 0, null, crc);
  }

  /** How many ports the board has. */
  int ports() {
    return links.length;
  }

  /** How many of them are wired. */
  int count() {
    return wired.length;
  }

  /** Link {@code index}, 0 to {@link #count} - 1, in the order of their ports. */
  Link get(int index) {
    return wired[index];
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

  /** The host is this way from now on. */
  void setUpstream(int port) {
    upstream = port;
  }

  /** Whether a child is at this port. */
  boolean child(int port) {
    return (children >> port & 1) != 0;
  }

  /** Whether each child can take a frame now. */
  boolean childrenReady() {
    for (Link link : wired) {
      if (child(link.number()) && !link.ready()) {
        return false;
      }
    }
    return true;
  }

  /** The port of a child that is not among {@code ports}, a bit each; -1 where all are. */
  int childBeyond(int ports) {
    for (Link link : wired) {
      if (child(link.number()) && (ports >> link.number() & 1) == 0) {
        return link.number();
      }
    }
    return -1;
  }

  /** Whether all that was sent to children has gone to their ports. */
  boolean childrenIdle() {
    for (Link link : wired) {
      if (child(link.number()) && !link.idle()) {
        return false;
      }
    }
    return true;
  }

  /** Asks all neighbours for what they may have sent. */
  void ask() {
    links[upstream].ask();
    askChildren();
  }

  /** Asks the children for what they may have sent. */
  void askChildren() {
    for (Link link : wired) {
      if (child(link.number())) {
        link.ask();
      }
    }
  }

  /** Goes on sending what is on its way, and tells peers what they may be waiting for. */
  void transmit() {
    for (Link link : wired) {
      link.transmit();
    }
  }

  void await(Wake wake) {
    for (Link link : wired) {
      link.await(wake);
    }
  }
}
