package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.run.FaultPlan.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How often what went wrong, over many misfortunes. */
public final class FaultTally {
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  /** Counts what has happened. */
  public void add(Misfortune misfortune) {
    for (Kind kind : Kind.values()) {
      counts.merge(kind, misfortune.faults(kind), Long::sum);
    }
  }

  /** Faults of all kinds. */
  public long all() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Fails where one of {@code kinds} has never happened. */
  public void expect(Set<Kind> kinds) {
    kinds.forEach(kind -> assertTrue(counts.get(kind) > 0, () -> "never a " + kind + ": " + this));
  }

  /** {@code "2,003 faults: 1,200 flip, …"}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(each -> "%,d %s".formatted(each.getValue(), each.getKey().word()))
        .collect(Collectors.joining(", ", "%,d faults: ".formatted(all()), ""));
  }
}
