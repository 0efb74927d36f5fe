package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.boards.BoardType;
import dunlin.firmware.ImageHeader;
import dunlin.host.compile.NodeImage;
import dunlin.kernels.Dsp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code build --json} writes: the plan, and each image.
 *
 * @param manifest where the images are signed for; null where they are not
 */
record ImagesReport(@JsonUnwrapped BuildReport build, List<ImageFile> images, String manifest) {

  /**
   * An image.
   *
   * @param flashBytes its size
   * @param bodyCrc CRC-32 of what follows its header
   * @param ram what it takes of its board's RAM
   */
  record ImageFile(
      int rank, String file, int flashBytes, String bodyCrc, List<BuildReport.RamUse> ram) {}

  /**
   * @param files of the images, by rank
   * @param manifest of the images; null where they are not signed
   */
  static ImagesReport of(Built built, List<Path> files, Path manifest) {
    List<ImageFile> images = new ArrayList<>();
    for (int rank = 0; rank < files.size(); rank++) {
      NodeImage image = built.images().get(rank);
      BoardType board = built.plan().members().get(rank).board();
      images.add(
          new ImageFile(
              rank,
              files.get(rank).toString(),
              image.bytes().length,
              "%08x".formatted(Dsp.load32(image.bytes(), ImageHeader.BODY_CRC)),
              BuildReport.RamUse.of(board, image)));
    }
    return new ImagesReport(
        BuildReport.of(built), images, manifest == null ? null : manifest.toString());
  }

  void print(PrintWriter out) {
    PlanSummary plan = build.plan();
    boolean alone = images.size() == 1;
    if (alone) {
      out.println("image    " + images.get(0).file());
    } else {
      out.println("images   " + images.size() + " for " + plan.board() + ", " + plan.topology());
    }
    out.println("model    " + plan.model() + ", hash " + plan.modelHash());
    out.println("plan     hash " + plan.planHash());
    if (manifest != null) {
      out.println("signed   " + manifest + ", .sig beside it");
    }
    out.println("context  " + plan.context() + " tokens, chunks of " + plan.chunk());
    if (alone) {
      out.println("flash    " + used(build.flashBytes(), build.flashRoom()));
      build
          .ram()
          .forEach(r -> out.println("RAM      " + used(r.bytes(), r.room()) + " in " + r.region()));
    } else {
      out.println();
      table().print(out);
    }
  }

  /** An image a line. */
  private Table table() {
    Table table = new Table(1).row("file", "rank", "CRC-32", "flash", "RAM");
    for (ImageFile image : images) {
      int ram = image.ram().stream().mapToInt(BuildReport.RamUse::bytes).sum();
      table.row(
          image.file(),
          "" + image.rank(),
          image.bodyCrc(),
          Numerals.grouped(image.flashBytes()),
          Numerals.grouped(ram));
    }
    return table;
  }

  private static String used(int bytes, int room) {
    return Numerals.grouped(bytes) + " of " + Numerals.grouped(room) + " bytes";
  }
}
