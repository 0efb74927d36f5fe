package dunlin.hal.emulated;

import dunlin.hal.Firmware;
import dunlin.hal.Wake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private long planned;

  /** Something that happens from outside; of several at one time, in the order of planning. */
  private record Event(long time, long order, Runnable action) {}

  /** Adds a board, which powers up now; numbers count from 0 in this order. */
  public EmulatedBoard add(BoardSpec spec, Firmware firmware) {
    if (boards.stream().anyMatch(board -> board.name().equals(spec.name()))) {
      throw new IllegalArgumentException("two boards are called " + spec.name());
    }
    EmulatedBoard board = new EmulatedBoard(schedule, spec, firmware);
    boards.add(board);
    return board;
  }

  /** Joins two ports of one kind; of two SPI ports the first is the master. */
  public Wire wire(EmulatedPort first, EmulatedPort second) {
    Wire wire;
    if (first instanceof EmulatedUart a && second instanceof EmulatedUart b) {
      wire = uartWire(a, b);
    } else if (first instanceof EmulatedSpi master && second instanceof EmulatedSpi slave) {
      wire = new SpiLink(schedule, master, slave);
    } else {
      throw new IllegalArgumentException(first + " and " + second + " are of two kinds");
    }
    wires.add(wire);
    return wire;
  }

  private Wire uartWire(EmulatedUart a, EmulatedUart b) {
    int baud = a.spec().baud();
    if (baud != b.spec().baud()) {
      throw new IllegalArgumentException(
          a + " has " + baud + " baud, and " + b + " " + b.spec().baud());
    }
    int bits = a.spec().bits();
    if (bits != b.spec().bits()) {
      throw new IllegalArgumentException(
          a + " has " + bits + " bits a byte, and " + b + " " + b.spec().bits());
    }
    Lane forward = new Lane(a.spec().transmitQueue(), a.spec(), b.spec().receiveQueue());
    Lane backward = new Lane(b.spec().transmitQueue(), b.spec(), a.spec().receiveQueue());
    a.plug(forward, backward, b);
    b.plug(backward, forward, a);
    return new UartWire(schedule, a, b, forward, backward);
  }

  /** Joins a UART to the host. */
  public HostPort wire(EmulatedUart uart) {
    BoardSpec.UartSpec spec = uart.spec();
    Lane toBoard = new Lane(ByteQueue.UNLIMITED, spec, spec.receiveQueue());
    Lane toHost = new Lane(spec.transmitQueue(), spec, ByteQueue.UNLIMITED);
    uart.plug(toHost, toBoard, null);
    wires.add(new UartWire(schedule, "host", uart, toBoard, toHost));
    return new HostPort(schedule, uart, toBoard, toHost);
  }

  /**
   * Lets something happen to boards or wires at a virtual time, before the boards that are due then
   * are stepped; a time that has passed is now.
   */
  public void at(long time, Runnable action) {
    events.add(new Event(Math.max(time, now()), planned++, action));
  }

  /** The boards, by number. */
  public List<EmulatedBoard> boards() {
    return Collections.unmodifiableList(boards);
  }

  /** The wires, in the order in which they were joined. */
  public List<Wire> wires() {
    return Collections.unmodifiableList(wires);
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
      long next = events.isEmpty() ? Wake.NEVER : events.peek().time();
      long reached = goal.reachedAt();
      if (reached != Wake.NEVER && reached <= Math.min(Math.min(due, next), limit)) {
        schedule.advance(reached);
        return true;
      }
      if (next <= Math.min(due, limit) && next != Wake.NEVER) {
        schedule.advance(next);
        events.remove().action().run();
        continue;
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
