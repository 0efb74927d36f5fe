package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckSummaryTest {
  private static final String PASSED = "<testcase name='p' classname='a.B'/>";
  private static final String SKIPPED =
      "<testcase name='s' classname='a.B'><skipped message='no &lt;models&gt; here'/></testcase>";
  private static final String FAILED =
      "<testcase name='f' classname='a.B'>"
          + "<failure message='1 is not 2&#10;second line' type='X'>at a.B</failure></testcase>";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir private Path root;
  private Path module;

  @BeforeEach
  void module() throws IOException {
    module = root.resolve("kernels");
    Files.createDirectories(module.resolve("target/surefire-reports"));
    Files.createDirectories(module.resolve("src/test"));
  }

  @Test
  void shouldCountEveryOutcome() throws IOException {
    report("TEST-a.B.xml", PASSED + PASSED + SKIPPED + FAILED);

    assertFalse(print());
    assertEquals(
        List.of(
            "kernels      3 run, 1 skipped",
            "FAILED  a.B.f: 1 is not 2",
            "skipped a.B.s: no <models> here",
            "2 passed, 1 failed, 1 skipped"),
        lines());
  }

  @Test
  void shouldNameTheClassWhenAllOfItIsSkipped() throws IOException {
    report("TEST-a.B.xml", "<testcase name='' classname='a.B'><skipped/></testcase>");

    assertTrue(print());
    assertTrue(lines().contains("skipped a.B: no reason given"));
  }

  @Test
  void shouldGiveTheReasonOfAFailedAssumption() throws IOException {
    report(
        "TEST-a.B.xml",
        "<testcase name='s' classname='B'><skipped type='X'><![CDATA["
            + "org.opentest4j.TestAbortedException: Assumption failed: no rig\n\tat a.B"
            + "]]></skipped></testcase>");

    assertTrue(print());
    assertEquals("skipped a.B.s: no rig", lines().get(1));
  }

  @Test
  void shouldNameAClassOfWhichNothingRan() throws IOException {
    report("TEST-a.B.xml", "");

    assertTrue(print());
    assertEquals("skipped a.B: all of it, by an assumption in @BeforeAll", lines().get(1));
  }

  @Test
  void shouldNotTakeOutputForATest() throws IOException {
    report("TEST-a.B.xml", PASSED + "<system-out><![CDATA[" + FAILED + "]]></system-out>");

    assertTrue(print());
    assertEquals("1 passed, 0 failed, 0 skipped", lines().get(1));
  }

  @Test
  void shouldFailOnATruncatedReport() throws IOException {
    Files.writeString(module.resolve("target/surefire-reports/TEST-a.B.xml"), "<testsuite>");

    assertFalse(print());
    assertTrue(lines().get(1).endsWith("TEST-a.B.xml: truncated, or no XML"));
    assertEquals("0 passed, 1 failed, 0 skipped", lines().get(2));
  }

  @Test
  void shouldSayThatAModuleDidNotRun() throws IOException {
    assertTrue(print());
    assertEquals("kernels      did not run", lines().get(0));
  }

  private void report(String file, String cases) throws IOException {
    Path path = module.resolve("target/surefire-reports").resolve(file);
    Files.writeString(path, "<testsuite name='a.B'>" + cases + "</testsuite>");
  }

  private boolean print() throws IOException {
    return CheckSummary.print(
        List.of(module), new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
