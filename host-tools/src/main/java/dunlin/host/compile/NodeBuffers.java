package dunlin.host.compile;

import dunlin.firmware.Frame;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Outbox;
import dunlin.firmware.Result;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.plan.Plan;
import java.util.List;

/**
 * The buffers of any node, which live between passes: an image's header says where they are.
 *
 * @param input what a pass is asked about
 * @param result {@link Result}
 * @param outboxes an {@link Outbox} for each port that is wired
 */
record NodeBuffers(Ram input, Ram result, Ram outboxes) {

  /** Those of a node. */
  static NodeBuffers of(Plan plan, int rank, String input, int inputBytes) {
    int children = plan.wiring().ports(rank, r -> true);
    int wired = Integer.bitCount(ImageHeader.wired(plan.hostwardPort(rank), children));
    return new NodeBuffers(
        new Ram(input, inputBytes, true),
        new Ram("result", Result.BYTES, true),
        new Ram("outboxes", wired * Outbox.bytes(Frame.WINDOW), true));
  }

  List<Ram> all() {
    return List.of(input, result, outboxes);
  }
}
