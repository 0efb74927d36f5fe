package dunlin.host.run;

import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.Wire;
import dunlin.host.run.FaultPlan.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Lets a fault plan happen to an emulation: the same seed, the same faults at the same times. */
public final class Misfortune {
  private static final double NANOS = 1e9;
  private static final long LONGEST_DELAY = 100_000_000L;
  private static final long LONGEST_CUT = 3_000_000_000L;
  private static final long LONGEST_BROWNOUT = 1_000_000_000L;

  private final Emulation emulation;
  private final SplittableRandom random;
  private final Map<Kind, Long> events = new EnumMap<>(Kind.class);

  /** Boards that no power comes back to. */
  private final Set<EmulatedBoard> gone = new HashSet<>();

  private Misfortune(Emulation emulation, long seed) {
    this.emulation = emulation;
    random = new SplittableRandom(seed);
  }

  /** Lets {@code plan} happen from now on. */
  public static Misfortune befall(Emulation emulation, FaultPlan plan, long seed) {
    Misfortune misfortune = new Misfortune(emulation, seed);
    emulation.wires().forEach(wire -> wire.disturb(plan.ofBytes(), misfortune.random.nextLong()));
    misfortune.repeat(Kind.DELAY, plan, misfortune::delay);
    misfortune.repeat(Kind.CUT, plan, misfortune::cut);
    misfortune.repeat(Kind.RESET, plan, () -> misfortune.anyBoard().reset());
    misfortune.repeat(Kind.STUCK, plan, () -> misfortune.anyBoard().stick());
    misfortune.repeat(Kind.BROWNOUT, plan, misfortune::brownOut);
    misfortune.repeat(Kind.GONE, plan, misfortune::lose);
    return misfortune;
  }

  /** Faults so far, of all kinds. */
  public long faults() {
    return Arrays.stream(Kind.values()).mapToLong(this::faults).sum();
  }

  /** Faults of a kind so far. */
  public long faults(Kind kind) {
    return kind.ofBytes() == null
        ? events.getOrDefault(kind, 0L)
        : emulation.wires().stream().mapToLong(wire -> wire.faults(kind.ofBytes())).sum();
  }

  /** Each kind on its own dice, and at times that know nothing of each other. */
  private void repeat(Kind kind, FaultPlan plan, Runnable accident) {
    double rate = plan.rate(kind);
    if (rate == 0) {
      return;
    }
    long pause = (long) (-Math.log1p(-random.nextDouble()) / rate * NANOS);
    emulation.at(
        emulation.now() + pause,
        () -> {
          events.merge(kind, 1L, Long::sum);
          accident.run();
          repeat(kind, plan, accident);
        });
  }

  private void delay() {
    any(emulation.wires()).delay(random.nextLong(LONGEST_DELAY));
  }

  private void cut() {
    Wire wire = any(emulation.wires());
    wire.cut(true);
    emulation.at(emulation.now() + random.nextLong(LONGEST_CUT), () -> wire.cut(false));
  }

  private void brownOut() {
    EmulatedBoard board = anyBoard();
    board.powerOff();
    emulation.at(
        emulation.now() + random.nextLong(LONGEST_BROWNOUT),
        () -> {
          if (!gone.contains(board)) {
            board.powerOn();
          }
        });
  }

  private void lose() {
    EmulatedBoard board = anyBoard();
    gone.add(board);
    board.powerOff();
  }

  private EmulatedBoard anyBoard() {
    return any(emulation.boards());
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
