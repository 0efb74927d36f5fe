package dunlin.host.cli;

import dunlin.host.flock.Flock;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.Story;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a flock write text: to stdout, as it comes, and nothing else there. */
abstract class TextCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private SamplingOptions sampling;
  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedModel source = model.read(flock.model());
    check(source, flock.venue());
    Built built =
        Built.of(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    Venue rig = flock.venue();
    Setting setting = new Setting(rig, built, sampling.sampling());
    try (Flock boards = Flock.of(rig.start(built), source.tokenizer())) {
      json.writeOf(write(source, boards, setting));
    }
  }

  /** Refuses what need not wait for the flock. */
  abstract void check(ImportedModel source, Venue venue);

  /**
   * Has {@code boards} write.
   *
   * @return what gives the report, while the boards are there
   */
  abstract Supplier<?> write(ImportedModel source, Flock boards, Setting setting);

  /** Shows text. */
  final void print(String piece) {
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(piece);
      out.flush();
    }
  }

  /** For people: stderr. */
  final PrintWriter notes() {
    return spec.commandLine().getErr();
  }

  /** What the boards hold, and what it took to write {@code stories}, for people. */
  final void summarise(Built built, List<Story> stories) {
    new TextSummary(built, stories).print(notes());
  }
}
