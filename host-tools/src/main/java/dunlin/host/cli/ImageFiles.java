package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.compile.NodeImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the images of a flock go: one file for each rank, all or none. */
final class ImageFiles {
  private final boolean inFolder;
  private final Path place;
  private final List<Path> paths;

  /**
   * @param output as the user names it: a folder where there is one, where it ends in a slash, and
   *     where there are several images
   * @param boards by rank
   */
  ImageFiles(String output, String model, List<BoardType> boards) {
    int nodes = boards.size();
    place = Path.of(output);
    inFolder = nodes > 1 || output.endsWith("/") || Files.isDirectory(place.toAbsolutePath());
    paths =
        nodes > 1
            ? IntStream.range(0, nodes)
                .mapToObj(r -> place.resolve(model + "-" + boards.get(r).name() + "-" + r + ".img"))
                .toList()
            : List.of(
                inFolder ? place.resolve(model + "-" + boards.get(0).name() + ".img") : place);
  }

  /** The files, by rank. */
  List<Path> paths() {
    return paths;
  }

  /** Refuses a place that cannot be written to: before the work, not after it. */
  void check() {
    if (inFolder && !Files.exists(place.toAbsolutePath())) {
      WholeFile.checkNewFolder(place);
    } else if (inFolder && !Files.isDirectory(place.toAbsolutePath())) {
      throw new Refusal(place + ": is a file", "name a folder");
    } else {
      paths.forEach(WholeFile::check);
    }
  }

  /** Writes the images, by rank; makes the folder where there is none. */
  void write(List<NodeImage> images) {
    if (inFolder) {
      WholeFile.makeFolder(place);
    }
    Map<Path, byte[]> files = new LinkedHashMap<>();
    for (int rank = 0; rank < images.size(); rank++) {
      files.put(paths.get(rank), images.get(rank).bytes());
    }
    WholeFile.write(files);
  }
}
