package dunlin.host.report;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * HTML and SVG in the making. The JDK's writer of XML escapes texts and balances elements, so that
 * a page is well-formed whatever its texts are; browsers read it as HTML.
 */
final class Markup {
  private static final Pattern NO_XML =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private final StringWriter page = new StringWriter();
  private final XMLStreamWriter xml;

  Markup() {
    try {
      xml = XMLOutputFactory.newInstance().createXMLStreamWriter(page);
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
  }

  /** Begins the document. */
  Markup doctype() {
    return then(() -> xml.writeDTD("<!DOCTYPE html>\n"));
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; numbers are written as coordinates
   */
  Markup open(String element, Object... attributes) {
    return then(
        () -> {
          xml.writeStartElement(element);
          write(attributes);
        });
  }

  /** Ends the element that was begun last. */
  Markup close() {
    return then(xml::writeEndElement);
  }

  /** An element that holds nothing, and may not; attributes as of {@link #open}. */
  Markup empty(String element, Object... attributes) {
    return then(
        () -> {
          xml.writeEmptyElement(element);
          write(attributes);
        });
  }

  /** An element that holds a text; attributes as of {@link #open}. */
  Markup leaf(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** A text. */
  Markup text(String text) {
    return then(() -> xml.writeCharacters(clean(text)));
  }

  /**
   * A style sheet or a script: to a browser these are not escaped, so they must need no escapes.
   *
   * @throws IllegalArgumentException where it does
   */
  Markup verbatim(String element, String text) {
    if (text.matches("(?s).*[<>&].*")) {
      throw new IllegalArgumentException(element + " with <, > or &");
    }
    return leaf(element, text);
  }

  /** All that was written. */
  @Override
  public String toString() {
    then(xml::flush);
    return page.toString();
  }

  private void write(Object... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute((String) attributes[i], clean(value(attributes[i + 1])));
    }
  }

  private static String value(Object value) {
    return value instanceof Number number
        ? Units.coordinate(number.doubleValue())
        : value.toString();
  }

  /** What XML has no character for becomes the replacement character. */
  private static String clean(String text) {
    return NO_XML.matcher(text).replaceAll("\uFFFD");
  }

  @FunctionalInterface
  private interface Step {
    void run() throws XMLStreamException;
  }

  private Markup then(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(XMLStreamException e) {
    return new IllegalStateException("a string cannot be written to", e);
  }
}
