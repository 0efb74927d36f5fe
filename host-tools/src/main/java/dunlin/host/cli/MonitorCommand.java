package dunlin.host.cli;

import dunlin.host.flock.Chat;
import dunlin.host.flock.Flock;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.Limit;
import dunlin.host.flock.Story;
import dunlin.host.run.LinkStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a flock busy with stories, and shows every second how its nodes fare. */
@Command(
    name = "monitor",
    description = "Has boards write, and shows how they and their links fare.",
    footer = "Examples: dunlin monitor --seconds 60 | dunlin monitor --faults flip=1e-5")
final class MonitorCommand extends TextCommand {
  private static final double NANOS = 1e9;
  private static final Limit PART = Limit.tokens(8);

  /** Puts a terminal's cursor so many lines up, and clears what is below. */
  private static final String BACK = "\033[%dA\033[J";

  @Option(
      names = "--seconds",
      paramLabel = "T",
      converter = CountConverter.class,
      description = "How long, or until Ctrl-C.")
  private int seconds = Integer.MAX_VALUE;

  @Mixin private FaultsOption faults;

  private int tokens;
  private int drawn;

  @Override
  void check(ImportedModel source, Venue venue) {
    faults.check(venue);
  }

  @Override
  Supplier<?> write(ImportedModel source, Flock boards, Setting setting) {
    faults.befall(boards, setting.sampling().seed());
    long begun = System.nanoTime();
    long looked = begun;
    List<LinkStatus> before = boards.links();
    Chat chat = boards.chat();
    while (true) {
      Story part = chat.say("", PART, setting.sampling(), piece -> {});
      tokens += part.tokens().size();
      chat = part.end() == Story.End.STEPS ? chat : boards.chat();
      long now = System.nanoTime();
      if (now - looked >= NANOS) {
        List<LinkStatus> links = boards.links();
        show(
            new MonitorTable(boards.nodes(), before, links, (now - looked) / NANOS), boards, begun);
        before = links;
        looked = now;
      }
      if (now - begun >= seconds * NANOS) {
        return () -> MonitorReport.of(setting, tokens, LinksReport.of(boards));
      }
    }
  }

  /** On a terminal in the place of what was shown before; else on stdout, one after the other. */
  private void show(MonitorTable table, Flock boards, long begun) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out);
    out.printf(
        "%s tokens, %s a second; the flock was lost and brought back %s times%n",
        Numerals.grouped(tokens),
        Numerals.grouped(Math.round(tokens / ((System.nanoTime() - begun) / NANOS))),
        Numerals.grouped(boards.rejoins()));
    if (Terminal.isWatched()) {
      notes().print((drawn > 0 ? BACK.formatted(drawn) : "") + text);
      notes().flush();
      drawn = boards.nodes().size() + 2;
    } else {
      print(text.toString());
    }
  }
}
