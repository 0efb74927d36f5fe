package dunlin.host.compile;

import dunlin.firmware.Frame;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Outbox;
import dunlin.firmware.Result;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The buffers of any node, which live between passes: an image's header says where they are.
 *
 * @param tokens int32 [R], where passes have any
 * @param types rows of the table of types, where tokens are the input; else 0
 * @param input what comes ahead of a request, where anything does
 * @param result {@link Result}
 * @param outboxes an {@link Outbox} for each port that is wired
 */
record NodeBuffers(Optional<Ram> tokens, int types, Optional<Ram> input, Ram result, Ram outboxes) {

  /** Those of a node whose passes are of tokens. */
  static NodeBuffers ofTokens(Plan plan, int rank) {
    return of(plan, rank, Optional.of(tokens(plan)), 0, Optional.empty());
  }

  /** Those of a node whose passes have an input of so many bytes, which the root takes. */
  static NodeBuffers ofInput(Plan plan, int rank, int bytes) {
    Optional<Ram> input = rank == 0 ? Optional.of(new Ram("input", bytes, true)) : Optional.empty();
    return of(plan, rank, Optional.empty(), 0, input);
  }

  /**
   * Those of a node whose passes are about text: at the root the input, which begins with the
   * tokens and goes on with their types; elsewhere the tokens, for a broadcast.
   *
   * @param types rows of the table of types, at least 1
   */
  static NodeBuffers ofText(Plan plan, int rank, int types) {
    if (rank != 0) {
      return of(plan, rank, Optional.of(tokens(plan)), types, Optional.empty());
    }
    Optional<Ram> input = Optional.of(new Ram("input", 8 * plan.chunk(), true));
    return of(plan, rank, input, types, input);
  }

  private static Ram tokens(Plan plan) {
    return new Ram("tokens", 4 * plan.chunk(), true);
  }

  private static NodeBuffers of(
      Plan plan, int rank, Optional<Ram> tokens, int types, Optional<Ram> input) {
    int children = plan.wiring().ports(rank, r -> true);
    int wired = Integer.bitCount(ImageHeader.wired(plan.hostwardPort(rank), children));
    return new NodeBuffers(
        tokens,
        types,
        input,
        new Ram("result", Result.BYTES, true),
        new Ram("outboxes", wired * Outbox.bytes(Frame.WINDOW), true));
  }

  List<Ram> all() {
    return Stream.concat(
            Stream.concat(tokens.stream(), input.stream()), Stream.of(result, outboxes))
        .distinct()
        .toList();
  }
}
