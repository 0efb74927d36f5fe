package dunlin.host.report;

import java.util.Locale;
import java.util.stream.Stream;

/** A part of the page with a heading; it is open until {@link #end}. */
final class Section {
  private final Markup page;

  Section(Markup page, String title) {
    this.page = page;
    page.open("section").leaf("h2", title);
  }

  /** What colours mean; the entry's name is a class of the style sheet. */
  enum Colour {
    COMPUTE("computes"),
    LINK("busy with bytes of links"),
    FETCH("waits for weights from off the chip"),
    WAIT("waits"),
    WEIGHTS("weights"),
    TABLES("tables"),
    PROGRAM("program"),
    CACHE("KV cache"),
    BUFFERS("buffers"),
    FREE("free"),
    PAPER("the paper"),
    ALIKE("Dunlin, counted as the paper does (P)"),
    BEST("its best (P)"),
    HONEST("Dunlin, all counted (H)"),
    HONEST_BEST("its best (H)");

    private final String meaning;

    Colour(String meaning) {
      this.meaning = meaning;
    }

    /** For people. */
    String meaning() {
      return meaning;
    }

    /** Of the style sheet. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What is to be known of a picture. */
  Section note(String text) {
    page.leaf("p", text, "class", "note");
    return this;
  }

  /** What a picture's colours mean. */
  Section legend(Colour... colours) {
    page.open("ul", "class", "legend");
    for (Colour colour : colours) {
      page.open("li").leaf("i", "", "class", "swatch " + colour).text(colour.meaning()).close();
    }
    page.close();
    return this;
  }

  /** The numbers behind the pictures; a table without rows is left out. */
  void end(DataTable... tables) {
    Stream.of(tables).filter(table -> !table.rows().isEmpty()).forEach(table -> table.draw(page));
    page.close();
  }
}
