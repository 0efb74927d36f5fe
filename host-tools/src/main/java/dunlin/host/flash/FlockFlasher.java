package dunlin.host.flash;

import dunlin.boards.Refusal;
import dunlin.firmware.Fault;
import dunlin.host.flock.Progress;
import dunlin.host.run.Cable;
import dunlin.host.run.Console;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.FlashDescription;
import dunlin.host.run.LostContact;
import dunlin.host.run.NodeLoader;
import dunlin.host.run.SerialCable;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialPorts;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Images, through the flock: one cable to the root, blocks over the links, and each node's own
 * loader programs its flash. A job's port is where the root is. A board that has no image does not
 * know what is wired to it, so flocks are flashed from the root outwards, in the order of ranks.
 */
public final class FlockFlasher implements Flasher {
  /** How often boards may be lost and come back while one of them is flashed. */
  private static final int ATTEMPTS = 20;

  /** How often a node is told to boot. */
  private static final int RESTARTS = 5;

  private final Function<FlashJob, Console> consoles;
  private final LongSupplier clock;
  private final boolean everyByte;
  private final Progress progress;

  /**
   * Over consoles of any kind.
   *
   * @param consoles opens the root's, for a job
   * @param clock nanoseconds, for the report
   * @param everyByte whether all is compared where an image's header is there already
   */
  public FlockFlasher(
      Function<FlashJob, Console> consoles,
      LongSupplier clock,
      boolean everyByte,
      Progress progress) {
    this.consoles = consoles;
    this.clock = clock;
    this.everyByte = everyByte;
    this.progress = progress;
  }

  /** Over this computer's serial ports, at the rate of the boards' links. */
  public static FlockFlasher overSerial(boolean everyByte, Progress progress) {
    return over(FlockFlasher::serial, everyByte, progress);
  }

  private static Cable serial(FlashJob job) {
    LineSettings settings = LineSettings.of8N1(job.board().uart().baud());
    return new SerialCable(SerialPorts.open(job.port(), settings));
  }

  /**
   * Over cables of any kind.
   *
   * @param cables opens the root's, for a job
   */
  public static FlockFlasher over(
      Function<FlashJob, Cable> cables, boolean everyByte, Progress progress) {
    return new FlockFlasher(
        job -> new DeskFlock(cables.apply(job)), System::nanoTime, everyByte, progress);
  }

  /** Writes what differs; what was written before a board was lost counts as already there. */
  @Override
  public FlashReport flash(FlashJob job) {
    return with(job, this::flash);
  }

  @Override
  public FlashReport verify(FlashJob job) {
    return with(job, this::verify);
  }

  /** Begins again whenever a board has been lost: what is there by then is kept. */
  private FlashReport with(FlashJob job, BiFunction<NodeLoader, FlashJob, FlashReport> work) {
    try (Console console = consoles.apply(job)) {
      NodeLoader loader = new NodeLoader(console, job.rank(), job.route());
      for (int attempt = 1; ; attempt++) {
        try {
          loader.greet();
          return work.apply(loader, job);
        } catch (LostContact e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    }
  }

  private FlashReport flash(NodeLoader loader, FlashJob job) {
    FlashDescription found = loader.describe(0);
    NodeFlash memory = NodeFlash.of(loader, clock, job, found);
    boolean isTrusted = !everyByte && found.fault() != Fault.IMAGE_BODY;
    FlashReport report =
        programmer(memory, job).flash(found.uid(), segments(memory, job), isTrusted);
    takeIntoUse(loader, job);
    return report.andStarted();
  }

  private FlashReport verify(NodeLoader loader, FlashJob job) {
    FlashDescription found = loader.describe(0);
    NodeFlash memory = NodeFlash.of(loader, clock, job, found);
    return programmer(memory, job).verify(found.uid(), segments(memory, job));
  }

  /** A node whose flash has changed has no image before it boots. */
  private static void takeIntoUse(NodeLoader loader, FlashJob job) {
    FlashDescription now = loader.describe(0);
    for (int i = 0; i < RESTARTS && now.fault() != Fault.NONE; i++) {
      loader.restart(); // with a board on the way, the order itself may be lost
      now = loader.describe(0);
    }
    if (now.fault() != Fault.NONE) {
      Refusal why = now.refusal();
      throw new Refusal("rank " + job.rank() + ": " + why.what(), why.remedy());
    }
  }

  private static List<Segment> segments(NodeFlash memory, FlashJob job) {
    return job.segments().stream().map(segment -> segment.padded(memory.unit())).toList();
  }

  private Programmer programmer(NodeFlash memory, FlashJob job) {
    return new Programmer(memory, memory.sectors((int) job.bytes()), progress);
  }
}
