package dunlin.host.cli;

import dunlin.boards.Misuse;
import dunlin.host.rig.Rig;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Where a flock runs; a rig file says as well what the flock is. */
final class RigOption {
  /** What a rig file says, and the command line must not say again. */
  private static final List<String> SAID =
      List.of("--board", "--nodes", "--topology", "--stages", "--link");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--rig",
      paramLabel = "R",
      converter = VenueConverter.class,
      description = "Where it runs: emulated, qemu, or a rig file.")
  private Choice choice = () -> Venue.Emulator.EMULATED;

  private Venue venue;

  /** A venue that is looked at when it is needed. */
  interface Choice extends Supplier<Venue> {}

  /** Where it runs. */
  Venue venue() {
    if (venue == null) {
      venue = choice.get();
    }
    return venue;
  }

  /** What the flock is, where a file says so. */
  Optional<Rig> rig() {
    Optional<Rig> rig = venue().rig();
    if (rig.isPresent()) {
      refuseWhatItSays();
    }
    return rig;
  }

  private void refuseWhatItSays() {
    ParseResult given = command.commandLine().getParseResult();
    for (String option : SAID) {
      boolean searched = given.matchedOptionValue(option, (Object) 0).equals(NodesConverter.AUTO);
      if (given.hasMatchedOption(option) && !searched) {
        throw new Misuse(
            option + " is for " + venue + " to say", "leave it out, or change that file");
      }
    }
  }
}
