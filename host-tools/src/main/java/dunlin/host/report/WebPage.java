package dunlin.host.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A page of HTML that needs nothing beside it: no network, no font, no file. It says so to the
 * browser, too, in its content security policy.
 */
final class WebPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private WebPage() {}

  /** The text of a page. */
  static String of(String title, Consumer<Markup> body) {
    Markup page = new Markup();
    page.doctype().open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.leaf("title", title).verbatim("style", resource("report.css")).close();
    page.open("body");
    body.accept(page);
    page.close().close();
    return page.toString();
  }

  /** A text of this package's resources. */
  static String resource(String name) {
    try (InputStream in = WebPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
