package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.boards.BoardType;
import dunlin.firmware.ImageHeader;
import dunlin.host.compile.ImageSummary;
import dunlin.host.compile.Listing;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code inspect --json} writes of an image.
 *
 * @param program null without {@code --listing}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImageReport(
    String kind,
    int format,
    int imageBytes,
    String headerCrc,
    String bodyCrc,
    String modelHash,
    String planHash,
    int rank,
    int nodes,
    BoardType.Weights weights,
    int context,
    int chunk,
    int vocabulary,
    int maxTopK,
    List<Integer> ramBytes,
    int headerBytes,
    int programBytes,
    int ops,
    Map<String, Integer> constantBytes,
    List<Listing.Line> program) {

  static ImageReport of(ImageSummary image, Listing program, boolean listed) {
    return new ImageReport(
        "image",
        image.format(),
        image.bytes(),
        "%08x".formatted(image.headerCrc()),
        "%08x".formatted(image.bodyCrc()),
        PlanSummary.hash(image.modelHash()),
        PlanSummary.hash(image.planHash()),
        image.rank(),
        image.nodes(),
        image.weights(),
        image.context(),
        image.chunk(),
        image.vocabulary(),
        image.topK(),
        image.ramBytes(),
        ImageHeader.BYTES,
        image.programBytes(),
        program.ops().size(),
        program.constants(),
        listed ? program.ops() : null);
  }

  void print(PrintWriter out) {
    out.println("image of format " + format + ", both CRCs match");
    out.println();
    new Table(2)
        .row("model hash", modelHash)
        .row("plan hash", planHash)
        .row("node", rank + " of " + nodes)
        .row("weights", weights.name().toLowerCase(Locale.ROOT))
        .row("context", context + " tokens, chunks of " + chunk)
        .row("vocabulary", vocabulary + " tokens, top-k up to " + maxTopK)
        .row("CRC-32", "header " + headerCrc + ", body " + bodyCrc)
        .print(out);
    out.println();
    Table sizes = new Table(1).row("bytes", "");
    for (int region = 0; region < ramBytes.size(); region++) {
      if (ramBytes.get(region) > 0) {
        sizes.row("RAM region " + region, Numerals.grouped(ramBytes.get(region)));
      }
    }
    sizes.row("flash", Numerals.grouped(imageBytes));
    sizes.row("  header", Numerals.grouped(headerBytes));
    sizes.row("  program of " + ops + " ops", Numerals.grouped(programBytes));
    constantBytes.forEach((name, bytes) -> sizes.row("  " + name, Numerals.grouped(bytes)));
    sizes.print(out);
  }
}
