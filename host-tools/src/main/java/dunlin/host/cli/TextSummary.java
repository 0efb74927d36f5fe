package dunlin.host.cli;

import dunlin.host.flock.Effort;
import dunlin.host.flock.Story;
import java.io.PrintWriter;
import java.util.List;

/** What a flock's boards hold, and what it took to write with them, for people. */
final class TextSummary {
  private final Built built;
  private final List<Story> stories;

  TextSummary(Built built, List<Story> stories) {
    this.built = built;
    this.stories = stories;
  }

  /** Two lines; a token's bytes and speed are those of tokens that are written, not of a prompt. */
  void print(PrintWriter out) {
    out.println(BoardsSummary.of(built));
    out.println(tokens() + decoding());
  }

  private String tokens() {
    int written = stories.stream().mapToInt(story -> story.tokens().size()).sum();
    return written == 1 ? "1 token" : Numerals.grouped(written) + " tokens";
  }

  private String decoding() {
    Effort decoding = stories.stream().map(Story::decoding).reduce(Effort.NONE, Effort::plus);
    return decoding.tokens() == 0
        ? ""
        : ", %s bytes on the wires for each, %s tokens/s on this computer"
            .formatted(
                Numerals.grouped(Math.round((double) decoding.wireBytes() / decoding.tokens())),
                Numerals.grouped(Math.round(decoding.tokens() / decoding.seconds())));
  }
}
