package dunlin.host.report;

import dunlin.boards.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window: what it makes of a page. */
final class Chromium {
  private static final String PROGRAM = "chromium";
  private static final int SECONDS = 60;

  private static final String FRAME =
      """
      <!DOCTYPE html><html><body style="margin: 0">
      <iframe id="frame" src="%s" style="border: 0; width: %dpx; height: 2300px"></iframe>
      <script>
      const frame = document.getElementById("frame");
      const see = page => { %s };
      frame.onload = () => { document.body.dataset.seen = see(frame.contentDocument); };
      </script></body></html>
      """;

  private final Path folder;

  /**
   * A browser.
   *
   * @param folder where it may write
   */
  Chromium(Path folder) {
    this.folder = folder;
  }

  static boolean isInstalled() {
    return Programs.installed(PROGRAM);
  }

  /**
   * What it has to say.
   *
   * @param document the page after its scripts have run
   * @param console what they told the console, errors among it
   */
  record Look(String document, List<String> console) {}

  /**
   * Opens a page in a frame of any width, which no window of a browser has.
   *
   * @param seen statements that return what is seen of {@code page}, the document in the frame; it
   *     is an attribute {@code data-seen} of what is looked at
   */
  Look lookInFrame(String page, int width, String seen) throws IOException, InterruptedException {
    Path frame = folder.resolve("frame.html");
    Files.writeString(frame, FRAME.formatted(page, width, seen));
    return look(frame, folder.resolve("frame.png"));
  }

  /** Opens a page, in a window of a width that it may not go below. */
  Look look(Path page, Path screenshot) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
            "--enable-logging=stderr",
            "--user-data-dir=" + folder.resolve("profile"),
            "--window-size=1200,2400",
            "--virtual-time-budget=5000",
            "--screenshot=" + screenshot,
            "--dump-dom",
            page.toUri().toString()));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!browser.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no answer in " + SECONDS + " s: " + Files.readString(err));
      }
    } finally {
      Stream.concat(browser.descendants(), Stream.of(browser.toHandle()))
          .forEach(ProcessHandle::destroyForcibly);
    }
    String said = Files.readString(err, StandardCharsets.ISO_8859_1);
    return new Look(
        Files.readString(out), said.lines().filter(line -> line.contains("CONSOLE")).toList());
  }
}
