package dunlin.host.cli;

import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.flock.Flock;
import dunlin.host.run.FaultPlan;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What goes wrong on emulated boards, by the seed of the draws. */
final class FaultsOption {
  @Option(
      names = "--faults",
      paramLabel = "F",
      converter = Converter.class,
      description = "What goes wrong, by seed, as flip=1e-5,reset=0.2.")
  private Optional<FaultPlan> plan = Optional.empty();

  /** Refuses where nothing can be made to go wrong. */
  void check(Venue venue) {
    if (plan.isPresent() && venue != Venue.Emulator.EMULATED) {
      throw new Misuse(
          "faults cannot be made to happen on " + venue, "leave out --faults, or --rig");
    }
  }

  /** Lets it happen from now on. */
  void befall(Flock boards, long seed) {
    plan.ifPresent(faults -> boards.befall(faults, seed));
  }

  /** Whether anything is to go wrong. */
  boolean wanted() {
    return plan.isPresent();
  }

  static final class Converter implements ITypeConverter<FaultPlan> {
    @Override
    public FaultPlan convert(String text) {
      try {
        return FaultPlan.parse(text);
      } catch (Refusal refusal) {
        throw new TypeConversionException(refusal.getMessage());
      }
    }
  }
}
