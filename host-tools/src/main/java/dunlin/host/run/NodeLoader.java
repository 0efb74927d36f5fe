package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Fault;
import dunlin.firmware.FlashAnswer;
import dunlin.firmware.FlashOrder;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.host.run.HostLink.Patience;
import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;

/**
 * The host's side of one node's loader: its flash, through the nodes on the way there. One order is
 * under way at a time. What was lost with a node that has booted is said by {@link LostContact}:
 * then {@link #greet} and begin again.
 */
public final class NodeLoader {
  private static final byte[] NOTHING = {};

  /** HELLOs that the root does not answer. */
  private static final int GREETINGS = 3;

  /** How often a node that is not there is given time. */
  private static final int SILENCES = 8;

  private final HostLink link;
  private final int rank;
  private final List<Integer> route;
  private int number;

  /**
   * Nothing is sent yet.
   *
   * @param console of the root
   * @param rank of the node, for messages
   * @param route the ports that lead there from the root
   */
  public NodeLoader(Console console, int rank, List<Integer> route) {
    if (route.size() > FlashOrder.MAX_HOPS) {
      throw new Refusal(
          "rank " + rank + " is " + route.size() + " boards away from the root",
          "flash it with --by uart or --by st-link");
    }
    link = new HostLink(console);
    this.rank = rank;
    this.route = List.copyOf(route);
  }

  /** Starts the links anew; whether nodes have images does not matter. */
  public void greet() {
    for (int greeting = 1; ; greeting++) {
      link.greet();
      try {
        byte[] frame = link.await(Patience.HELLO);
        while (frame[Frame.KIND] != Frame.HELLO || link.rebooted()) {
          link.release();
          frame = link.await(Patience.HELLO);
        }
        int protocol = Dsp.load32(frame, Frame.PAYLOAD + Hello.PROTOCOL);
        link.release();
        if (protocol != Hello.PROTOCOL_VERSION) {
          throw new Refusal(
              "the root speaks protocol " + protocol + ", not " + Hello.PROTOCOL_VERSION,
              "bring host and firmware to one version");
        }
        return;
      } catch (Silence e) {
        if (greeting == GREETINGS) {
          throw new Refusal(e.what(), e.remedy(), e);
        }
      }
    }
  }

  /**
   * What the board is.
   *
   * @param offset in its image's flash, of the sector that is described
   */
  public FlashDescription describe(int offset) {
    return FlashDescription.read(
        done(
            FlashOrder.DESCRIBE,
            offset,
            0,
            NOTHING,
            Patience.FLASH,
            FlashAnswer.DESCRIPTION_BYTES));
  }

  /** Reads {@code count} bytes, at most {@link FlashOrder#MAX_DATA}. */
  public byte[] read(int offset, int count) {
    int length = FlashAnswer.DATA + count;
    byte[] frame = done(FlashOrder.READ, offset, count, NOTHING, Patience.FLASH, length);
    int from = Frame.PAYLOAD + FlashAnswer.DATA;
    return Arrays.copyOfRange(frame, from, from + count);
  }

  /** Erases the sector that contains {@code offset}. */
  public void erase(int offset) {
    done(FlashOrder.ERASE, offset, 0, NOTHING, Patience.ERASE, FlashAnswer.DATA);
  }

  /** Programs whole units, at most {@link FlashOrder#MAX_DATA} bytes, where flash is erased. */
  public void program(int offset, byte[] bytes) {
    done(FlashOrder.PROGRAM, offset, bytes.length, bytes, Patience.FLASH, FlashAnswer.DATA);
  }

  /** Has the node boot, and greets the flock again. */
  public void restart() {
    try {
      done(FlashOrder.RESTART, 0, 0, NOTHING, Patience.HELLO, FlashAnswer.DATA);
    } catch (LostContact e) {
      greet(); // that it has booted, or that its saying so was lost
    }
  }

  /** Has an order carried out; a copy of the frame that answers it. */
  private byte[] done(
      int operation, int offset, int count, byte[] data, Patience patience, int length) {
    byte[] frame = answer(operation, offset, count, data, patience);
    int fault = Dsp.load32(frame, Frame.PAYLOAD + FlashAnswer.FAULT);
    if (Dsp.loadU16(frame, Frame.LENGTH) < FlashAnswer.DATA) {
      throw odd();
    }
    if (fault != Fault.NONE) {
      Refusal why =
          FaultWords.refusal(fault, Dsp.load32(frame, Frame.PAYLOAD + FlashAnswer.DETAIL));
      throw new Refusal("rank " + rank + ": " + why.what(), why.remedy());
    }
    if (Dsp.loadU16(frame, Frame.LENGTH) != length) {
      throw odd();
    }
    return frame;
  }

  private Refusal odd() {
    return new Refusal(
        "rank " + rank + " answers a flash order oddly", "bring host and firmware to one version");
  }

  /**
   * A node on the way is not there before it has answered the HELLO, or while its link makes good
   * for a frame that was lost: either may take a while.
   */
  private byte[] answer(int operation, int offset, int count, byte[] data, Patience patience) {
    for (int silences = 0; silences < SILENCES; ) {
      send(operation, offset, count, data);
      boolean others = false;
      byte[] frame = receive(patience);
      while (!isAnswer(frame)) {
        others = true;
        frame = receive(patience);
      }
      if (Dsp.load32(frame, Frame.PAYLOAD + FlashAnswer.FAULT) != Fault.NO_NODE) {
        return frame;
      }
      silences += others || awaitOthers() ? 0 : 1;
    }
    throw new Refusal(
        "no answer from rank " + rank + ", or a board on the way to it",
        "check the power and wiring of those boards");
  }

  /** Whether anybody had anything to say. */
  private boolean awaitOthers() {
    try {
      receive(Patience.OTHERS);
      return true;
    } catch (Silence e) {
      return false;
    }
  }

  private void send(int operation, int offset, int count, byte[] data) {
    byte[] out = link.outgoing();
    int at = Frame.PAYLOAD;
    out[at + FlashOrder.OPERATION] = (byte) operation;
    out[at + FlashOrder.GONE] = 0;
    out[at + FlashOrder.HOPS] = (byte) route.size();
    out[at + FlashOrder.COUNT] = (byte) count;
    Dsp.store32(out, at + FlashOrder.OFFSET, offset);
    for (int i = 0; i < route.size(); i++) {
      out[at + FlashOrder.PATH + i] = route.get(i).byteValue();
    }
    int dataAt = FlashOrder.data(route.size());
    System.arraycopy(data, 0, out, at + dataAt, data.length);
    number = number + 1 & 0xffff;
    link.send(Frame.FLASH, dataAt + data.length, number);
  }

  private boolean isAnswer(byte[] frame) {
    return frame[Frame.KIND] == Frame.FLASH && Dsp.loadU16(frame, Frame.POSITION) == number;
  }

  /** A copy of the next frame, whichever. */
  private byte[] receive(Patience patience) {
    byte[] frame = link.await(patience).clone();
    boolean rebooted = link.rebooted();
    link.release();
    if (rebooted) {
      throw new LostContact("the root was reset (" + link.state() + ")", "start again");
    }
    if (frame[Frame.KIND] == Frame.FAULT) {
      throw FaultWords.refusal(
          Dsp.load32(frame, Frame.PAYLOAD + Fault.CODE),
          Dsp.load32(frame, Frame.PAYLOAD + Fault.DETAIL));
    }
    return frame;
  }
}
