package dunlin.hil;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What {@code ./check} says in the end, read from surefire's XML reports: tests per module, each
 * failure, each skipped test with its reason, and the line {@code N passed, N failed, N skipped}.
 * Needs the JDK alone, so that {@code java CheckSummary.java kernels hal …} runs it as it stands,
 * also when the build has failed.
 */
final class CheckSummary {
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  private enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  /** One test case; {@code reason} is empty for one that passed. */
  private record Test(String name, Outcome outcome, String reason) {}

  private final List<Test> tests = new ArrayList<>();
  private final PrintStream out;

  private CheckSummary(PrintStream out) {
    this.out = out;
  }

  /** Arguments: the modules' folders. Exit code 1 where a test has failed. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(print(Stream.of(args).map(Path::of).toList(), out) ? 0 : 1);
  }

  /** Prints the summary of {@code modules}; false where a test has failed. */
  static boolean print(List<Path> modules, PrintStream out) throws IOException {
    CheckSummary summary = new CheckSummary(out);
    for (Path module : modules) {
      summary.addModule(module);
    }
    summary.list(Outcome.FAILED);
    summary.list(Outcome.SKIPPED);
    long failed = count(summary.tests, Outcome.FAILED);
    long skipped = count(summary.tests, Outcome.SKIPPED);
    long passed = summary.tests.size() - failed - skipped;
    out.printf("%d passed, %d failed, %d skipped%n", passed, failed, skipped);
    return failed == 0;
  }

  private void addModule(Path module) throws IOException {
    int before = tests.size();
    Path reports = module.resolve("target/surefire-reports");
    if (Files.isDirectory(reports)) {
      try (Stream<Path> files = Files.list(reports)) {
        for (Path file : files.filter(CheckSummary::isReport).sorted().toList()) {
          addReport(file);
        }
      }
    }
    List<Test> own = tests.subList(before, tests.size());
    out.printf("%-12s %s%n", module.getFileName(), own.isEmpty() ? nothing(module) : tally(own));
  }

  private static String nothing(Path module) {
    return Files.isDirectory(module.resolve("src/test")) ? "did not run" : "has no tests";
  }

  private static String tally(List<Test> tests) {
    long skipped = count(tests, Outcome.SKIPPED);
    return (tests.size() - skipped) + " run" + (skipped == 0 ? "" : ", " + skipped + " skipped");
  }

  private static boolean isReport(Path file) {
    return file.getFileName().toString().matches("TEST-.*\\.xml");
  }

  private void addReport(Path file) throws IOException {
    int before = tests.size();
    String suite = "";
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = XML.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testsuite" -> suite = xml.getAttributeValue(null, "name");
            case "testcase" -> tests.add(testCase(suite, xml));
            default -> {}
          }
        }
      }
    } catch (XMLStreamException e) {
      tests.add(new Test(file.toString(), Outcome.FAILED, "truncated, or no XML"));
    }
    if (tests.size() == before) {
      // Surefire loses the reason of an assumption that fails in @BeforeAll, and the tests' names.
      tests.add(new Test(suite, Outcome.SKIPPED, "all of it, by an assumption in @BeforeAll"));
    }
  }

  /** Reads to the end of the {@code testcase} element that {@code xml} has just entered. */
  private static Test testCase(String suite, XMLStreamReader xml) throws XMLStreamException {
    String method = xml.getAttributeValue(null, "name");
    String type = xml.getAttributeValue(null, "classname");
    // jqwik's class names come without their package.
    String owner = type.contains(".") ? type : suite;
    String name = method.isEmpty() ? owner : owner + "." + method;
    Test test = new Test(name, Outcome.PASSED, "");
    while (true) {
      int event = xml.next();
      if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("testcase")) {
        return test;
      }
      if (event == XMLStreamReader.START_ELEMENT) {
        test =
            switch (xml.getLocalName()) {
              case "failure", "error" -> new Test(name, Outcome.FAILED, reason(xml));
              case "skipped" -> new Test(name, Outcome.SKIPPED, reason(xml));
              default -> test;
            };
      }
    }
  }

  /** The first line of the message or, where surefire gives none, of the stack trace. */
  private static String reason(XMLStreamReader xml) throws XMLStreamException {
    String message = xml.getAttributeValue(null, "message");
    String text = message == null ? xml.getElementText() : message;
    return text.lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> line.replaceFirst("^.*TestAbortedException: (Assumption failed: )?", ""))
        .orElse("no reason given");
  }

  private void list(Outcome outcome) {
    for (Test test : tests) {
      if (test.outcome == outcome) {
        String label = outcome == Outcome.FAILED ? "FAILED " : "skipped";
        out.printf("%s %s: %s%n", label, test.name, test.reason);
      }
    }
  }

  private static long count(List<Test> tests, Outcome outcome) {
    return tests.stream().filter(test -> test.outcome == outcome).count();
  }
}
