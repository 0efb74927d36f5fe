package dunlin.hal.emulated;

import dunlin.hal.Firmware;
import dunlin.hal.Wake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A flock on the desktop: boards, wires, and the virtual time in nanoseconds that they share. Only
 * boards' steps are events; the board that is due first is stepped first, and of several the one
 * that was added first. What the host does takes no time.
 */
public final class Emulation {
  private final Schedule schedule = new Schedule();
  private final List<EmulatedBoard> boards = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final List<SpiLink> spiLinks = new ArrayList<>();

  /** Adds a board, which powers up now; numbers count from 0 in this order. */
  public EmulatedBoard add(BoardSpec spec, Firmware firmware) {
    if (boards.stream().anyMatch(board -> board.name().equals(spec.name()))) {
      throw new IllegalArgumentException("two boards are called " + spec.name());
    }
    EmulatedBoard board = new EmulatedBoard(schedule, spec, firmware);
    boards.add(board);
    return board;
  }

  /** Joins two UARTs of the same baud rate. */
  public Wire wire(EmulatedUart a, EmulatedUart b) {
    int baud = a.spec().baud();
    if (baud != b.spec().baud()) {
      throw new IllegalArgumentException(
          a + " has " + baud + " baud, and " + b + " " + b.spec().baud());
    }
    Lane forward = new Lane(a.spec().transmitQueue(), baud, b.spec().receiveQueue());
    Lane backward = new Lane(b.spec().transmitQueue(), baud, a.spec().receiveQueue());
    a.plug(forward, backward, b);
    b.plug(backward, forward, a);
    wires.add(new Wire(schedule, a, b, forward, backward));
    return wires.get(wires.size() - 1);
  }

  /** Joins a UART to the host. */
  public HostPort wire(EmulatedUart uart) {
    BoardSpec.UartSpec spec = uart.spec();
    Lane toBoard = new Lane(ByteQueue.UNLIMITED, spec.baud(), spec.receiveQueue());
    Lane toHost = new Lane(spec.transmitQueue(), spec.baud(), ByteQueue.UNLIMITED);
    uart.plug(toHost, toBoard, null);
    wires.add(new Wire(schedule, "host", uart, toBoard, toHost));
    return new HostPort(schedule, uart, toBoard, toHost);
  }

  /** Joins two SPI ports, clocked at {@code hertz} bits a second. */
  public SpiLink wire(EmulatedSpi master, EmulatedSpi slave, int hertz) {
    SpiLink link = new SpiLink(schedule, master, slave, hertz);
    master.plug(link);
    slave.plug(link);
    spiLinks.add(link);
    return link;
  }

  /** The boards, by number. */
  public List<EmulatedBoard> boards() {
    return Collections.unmodifiableList(boards);
  }

  /** The UART wires, in the order in which they were joined. */
  public List<Wire> wires() {
    return Collections.unmodifiableList(wires);
  }

  /** The SPI links, in the order in which they were joined. */
  public List<SpiLink> spiLinks() {
    return Collections.unmodifiableList(spiLinks);
  }

  /** Virtual time in nanoseconds; starts at 0. */
  public long now() {
    return schedule.now();
  }

  /** Steps all that is due up to and at {@code time}, which it is afterwards. */
  public void runUntil(long time) {
    run(() -> Wake.NEVER, time);
  }

  /**
   * Runs until the goal is reached, which it is before the boards that are due at that time are
   * stepped; or else until all that is due up to and at {@code limit} has been stepped.
   *
   * @param limit virtual time in nanoseconds; {@link Wake#NEVER} for none
   * @return whether the goal was reached
   * @throws EmulationException where a machine crashes or spins, or nothing can ever happen and
   *     there is no limit
   */
  public boolean run(Goal goal, long limit) {
    while (true) {
      long due = schedule.firstDue();
      long reached = goal.reachedAt();
      if (reached != Wake.NEVER && reached <= Math.min(due, limit)) {
        schedule.advance(reached);
        return true;
      }
      if (due == Wake.NEVER && limit == Wake.NEVER) {
        throw new EmulationException.Stall(now(), waits());
      }
      if (due > limit) {
        schedule.advance(limit);
        return false;
      }
      schedule.advance(due);
      boards.get(schedule.first()).run();
    }
  }

  /** What each board waits for, in words, for example for the report of a time-out. */
  public String waits() {
    return boards.stream().map(EmulatedBoard::waits).collect(Collectors.joining("; "));
  }
}
