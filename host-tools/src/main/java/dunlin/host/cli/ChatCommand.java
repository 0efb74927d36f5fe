package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.host.flock.Chat;
import dunlin.host.flock.Flock;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.Limit;
import dunlin.host.flock.Story;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lines in, answers out: one text, whose tokens stay in the caches. */
@Command(
    name = "chat",
    description = "Writes a text in turns with stdin; by default with run's boards.",
    footer = "Examples: dunlin chat | dunlin chat --temperature 0.8 --seed 7")
final class ChatCommand extends TextCommand {
  private static final int SHORT_ANSWER = 40;
  private static final String HINT =
      "Say how a text begins. /new begins another; /quit or an empty line ends it.";

  @Option(
      names = "--steps",
      paramLabel = "K",
      converter = CountConverter.class,
      description = "Most tokens of an answer; else 40 and its sentence.")
  private int steps;

  private final List<ChatReport.Turn> turns = new ArrayList<>();

  @Override
  void check(ImportedModel source, Venue venue) {
    // What is said is not known yet.
  }

  @Override
  Supplier<?> write(ImportedModel source, Flock boards, Setting setting) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (Terminal.isInteractive()) {
      notes().println(HINT);
    }
    Chat chat = boards.chat();
    for (String line = ask(in); !ends(line); line = ask(in)) {
      chat = line.equals("/new") ? boards.chat() : turn(line, chat, boards, setting);
    }
    if (!turns.isEmpty()) {
      summarise(setting.built(), turns.stream().map(ChatReport.Turn::story).toList());
    }
    return () -> ChatReport.of(setting, turns);
  }

  private static boolean ends(String line) {
    return line == null || line.isEmpty() || line.equals("/quit");
  }

  /** The next line, without the blanks around it; null at the end of input. */
  private String ask(BufferedReader in) {
    if (Terminal.isInteractive()) {
      notes().print("> ");
      notes().flush();
    }
    try {
      String line = in.readLine();
      return line == null ? null : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers {@code line}; the chat in which the next one is said. */
  private Chat turn(String line, Chat chat, Flock boards, Setting setting) {
    boolean fits;
    try {
      fits = chat.fits(line);
      if (!fits && !boards.chat().fits(line)) {
        throw new Refusal(
            line.length() + " characters are more than the context holds", "say less");
      }
    } catch (Refusal refusal) {
      if (Terminal.isInteractive()) {
        note(refusal.getMessage());
        return chat;
      }
      throw refusal;
    }
    if (!fits) {
      note(full(boards) + ": this line begins a new text");
    }
    return answer(line, fits ? chat : boards.chat(), boards, setting);
  }

  private Chat answer(String line, Chat chat, Flock boards, Setting setting) {
    Limit limit = steps > 0 ? Limit.tokens(steps) : Limit.sentence(SHORT_ANSWER);
    Story story = chat.say(line, limit, setting.sampling(), this::print);
    print("\n");
    turns.add(ChatReport.Turn.of(line, story, setting.rig()));
    if (story.end() != Story.End.CONTEXT) {
      return chat;
    }
    note(full(boards) + ": your next line begins a new text");
    return boards.chat();
  }

  private static String full(Flock boards) {
    return "the context of %,d tokens is full".formatted(boards.root().context());
  }

  private void note(String line) {
    notes().println("dunlin: " + line);
  }
}
