package dunlin.host.flash;

import dunlin.boards.Refusal;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that speaks to ST-LINKs, and where it is installed.
 *
 * @param executable its file
 */
record StLinkTool(StLinkProgram program, Path executable) {
  /**
   * The first that is there.
   *
   * @param path folders to look in
   * @throws Refusal if there is none
   */
  static StLinkTool find(List<Path> path) {
    return Stream.of(StLinkProgram.values())
        .flatMap(program -> find(path, program).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "nothing is installed that speaks to an ST-LINK",
                    "type: sudo apt install openocd"));
  }

  /** The folders of PATH. */
  static List<Path> path() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).toList();
  }

  private static Optional<StLinkTool> find(List<Path> path, StLinkProgram program) {
    return path.stream()
        .map(place -> place.resolve(program.command()))
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> new StLinkTool(program, executable));
  }
}
