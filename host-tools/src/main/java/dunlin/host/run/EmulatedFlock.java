package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.firmware.NodeFirmware;
import dunlin.hal.Firmware;
import dunlin.hal.Port;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import dunlin.host.time.Pace;
import dunlin.host.time.TimedFirmware;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Emulated boards, wired as a plan says, each with its image in its flash; the root has the host.
 */
public final class EmulatedFlock implements Console, Meter {
  /** Longer than any op; as on boards. */
  private static final long WATCHDOG_NANOS = 4_000_000_000L;

  /** "emulated" in ASCII; the rank follows, so that no two boards of a flock have one UID. */
  private static final List<Integer> UID = List.of(0x656d756c, 0x61746564);

  private final Emulation emulation = new Emulation();
  private final HostPort port;

  /** Virtual time of a wait: a node that waits in vain says so itself, sooner. */
  private final long patienceNanos;

  /** Compiles a plan, and powers up its boards. */
  public EmulatedFlock(Plan plan) {
    this(plan, Compiler.compile(plan));
  }

  /** Powers up the plan's boards. */
  public EmulatedFlock(Plan plan, List<NodeImage> images) {
    this(plan, images, timed(plan, images));
  }

  /** Powers up the plan's boards, each with a firmware of its own. */
  public EmulatedFlock(Plan plan, List<NodeImage> images, List<? extends Firmware> firmware) {
    this(plan, firmware, rank -> images.get(rank).bytes().length);
    for (int rank = 0; rank < images.size(); rank++) {
      board(rank).loadFlash(images.get(rank).bytes());
    }
  }

  /** Nodes whose work takes as long as it takes on the plan's boards. */
  private static List<TimedFirmware> timed(Plan plan, List<NodeImage> images) {
    return IntStream.range(0, images.size())
        .mapToObj(
            rank ->
                new TimedFirmware(
                    images.get(rank).work(), Pace.of(plan.members().get(rank).board())))
        .toList();
  }

  /** The plan's boards, and nothing in their flash. */
  private EmulatedFlock(Plan plan, List<? extends Firmware> firmware, IntUnaryOperator flashBytes) {
    int nodes = plan.members().size();
    for (int rank = 0; rank < nodes; rank++) {
      BoardType type = plan.members().get(rank).board();
      emulation.add(spec(rank, type, flashBytes.applyAsInt(rank)), firmware.get(rank));
    }
    Wiring wiring = plan.wiring();
    for (int rank = 1; rank < nodes; rank++) {
      int parent = wiring.parent(rank);
      emulation.wire(
          board(parent).port(wiring.childPort(parent, rank)),
          board(rank).port(wiring.parentPort(rank)));
    }
    port = emulation.wire(board(0).uart(0));
    patienceNanos = (60_000_000_000L + 2_000_000L * plan.patienceMillis()) / HostLink.WAITS;
  }

  /**
   * Powers up boards that hold nothing yet.
   *
   * @param flashBytes of each that an image may take; whole sectors are there
   */
  public static EmulatedFlock empty(Plan plan, int flashBytes) {
    int nodes = plan.members().size();
    return new EmulatedFlock(
        plan, Collections.nCopies(nodes, new NodeFirmware()), rank -> flashBytes);
  }

  @Override
  public Port port() {
    return port;
  }

  @Override
  public boolean await(int bytes) {
    return emulation.run(port.readable(bytes), emulation.now() + patienceNanos);
  }

  @Override
  public String state() {
    return emulation.waits();
  }

  @Override
  public long nanoseconds() {
    return emulation.now();
  }

  @Override
  public long wireBytes() {
    return emulation.wires().stream()
        .mapToLong(wire -> wire.forwardBytes() + wire.backwardBytes())
        .sum();
  }

  /** The board of a rank. */
  public EmulatedBoard board(int rank) {
    return emulation.boards().get(rank);
  }

  /** The emulation, with its virtual time. */
  public Emulation emulation() {
    return emulation;
  }

  /** The flash is as large as the image, in whole sectors. */
  private static BoardSpec spec(int rank, BoardType type, int imageBytes) {
    BoardType.FlashGeometry flash = type.flash();
    int sectors = (imageBytes + flash.sectorBytes() - 1) / flash.sectorBytes();
    BoardType.Uarts uart = type.uart();
    BoardType.Spis spi = type.spi();
    return new BoardSpec(
        "node " + rank,
        new BoardSpec.FlashSpec(
            sectors * flash.sectorBytes(),
            flash.programUnit(),
            flash.sectorBytes(),
            flash.programMicros() * 1_000L,
            flash.eraseMillis() * 1_000_000L),
        type.ram().stream().map(BoardType.Region::bytes).toList(),
        Collections.nCopies(
            uart.count(),
            new BoardSpec.UartSpec(uart.receiveQueue(), uart.transmitQueue(), uart.baud())),
        Collections.nCopies(
            spi.count(),
            new BoardSpec.SpiSpec(
                spi.receiveQueue(), spi.transmitQueue(), spi.hertz(), spi.gapMicros() * 1_000L)),
        0,
        WATCHDOG_NANOS,
        List.of(UID.get(0), UID.get(1), rank),
        type.id());
  }
}
