package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.ImageHeader;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.kernels.Dsp;
import java.util.List;

/** Holds what boards say of themselves against what they should hold. */
public final class Roster {
  private static final String REMEDY = "flash the boards with this plan's images";

  private Roster() {}

  /**
   * Refuses boards that hold another plan, or an image that is not this plan's.
   *
   * @param images of the plan, by rank
   * @param nodes as they answered, by rank
   */
  public static void check(Plan plan, List<NodeImage> images, List<NodeIdentity> nodes) {
    NodeIdentity root = nodes.get(0);
    if (root.planHash() != plan.hash()) {
      throw new Refusal(
          "the boards hold plan %016x, not %016x".formatted(root.planHash(), plan.hash()), REMEDY);
    }
    for (NodeIdentity node : nodes) {
      int expected = Dsp.load32(images.get(node.rank()).bytes(), ImageHeader.BODY_CRC);
      if (node.imageCrc() != expected) {
        throw new Refusal(
            "rank %d holds image %08x, not %08x".formatted(node.rank(), node.imageCrc(), expected),
            REMEDY);
      }
    }
  }
}
