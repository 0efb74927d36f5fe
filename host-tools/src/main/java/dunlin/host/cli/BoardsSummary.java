package dunlin.host.cli;

import dunlin.host.compile.NodeImage;
import java.util.List;

/** What a flock's boards hold, in a line for people. */
final class BoardsSummary {
  private BoardsSummary() {}

  static String of(Built built) {
    return PlanSummary.of(built.model(), built.plan()).boards() + ": " + memory(built.images());
  }

  private static String memory(List<NodeImage> images) {
    long flash = images.stream().mapToLong(image -> image.bytes().length).max().orElseThrow();
    long ram = images.stream().mapToLong(image -> image.memory().bytes()).max().orElseThrow();
    return "%s%s bytes of flash and %s of RAM%s"
        .formatted(
            images.size() == 1 ? "" : "at most ",
            Numerals.grouped(flash),
            Numerals.grouped(ram),
            images.size() == 1 ? "" : " each");
  }
}
