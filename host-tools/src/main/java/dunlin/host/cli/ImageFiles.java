package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.host.compile.NodeImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the images of a flock go: one file for each rank, all or none. */
final class ImageFiles {
  private static final String SUFFIX = ".img";
  private static final String MANIFEST_SUFFIX = ".manifest.json";

  private final boolean inFolder;
  private final Path place;
  private final List<Path> paths;
  private final Path manifest;

  /**
   * @param output as the user names it: where it ends in .img, the one image; else a folder
   * @param boards by rank
   */
  ImageFiles(String output, String model, List<BoardType> boards) {
    place = Path.of(output);
    inFolder = !output.endsWith(SUFFIX) || Files.isDirectory(place);
    int nodes = boards.size();
    if (!inFolder && nodes > 1) {
      throw new Misuse(output + " is one file for " + nodes + " images", "name a folder");
    }
    paths =
        inFolder
            ? IntStream.range(0, nodes)
                .mapToObj(rank -> place.resolve(name(model, boards, rank)))
                .toList()
            : List.of(place);
    manifest =
        inFolder
            ? place.resolve(model + MANIFEST_SUFFIX)
            : place.resolveSibling(place.getFileName() + MANIFEST_SUFFIX);
  }

  private static String name(String model, List<BoardType> boards, int rank) {
    String which = boards.size() > 1 ? "-" + rank : "";
    return model + "-" + boards.get(rank).name() + which + SUFFIX;
  }

  /** The files, by rank. */
  List<Path> paths() {
    return paths;
  }

  /** The file of their manifest, where they are signed. */
  Path manifest() {
    return manifest;
  }

  /** Refuses a place that cannot be written to: before the work, not after it. */
  void check() {
    if (inFolder) {
      WholeFile.checkFolder(place);
    }
    if (!inFolder || Files.exists(place.toAbsolutePath())) {
      paths.forEach(WholeFile::check);
    }
  }

  /**
   * Writes the images, by rank; makes the folder where there is none.
   *
   * @param beside files that are written with them
   */
  void write(List<NodeImage> images, Map<Path, byte[]> beside) {
    if (inFolder) {
      WholeFile.makeFolder(place);
    }
    Map<Path, byte[]> files = new LinkedHashMap<>(beside);
    for (int rank = 0; rank < images.size(); rank++) {
      files.put(paths.get(rank), images.get(rank).bytes());
    }
    WholeFile.write(files);
  }
}
