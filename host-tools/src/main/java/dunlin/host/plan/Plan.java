package dunlin.host.plan;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.QuantisedModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How a model is laid out on boards: one board for now.
 *
 * @param model the model
 * @param board the type of the board
 * @param context positions that the caches hold
 * @param chunk most rows of a pass
 * @param weights layout of the weights
 * @param inspection what the program shows beside its results
 */
public record Plan(
    QuantisedModel model,
    BoardType board,
    int context,
    int chunk,
    Weights weights,
    Inspection inspection) {

  /** The first 8 bytes of the SHA-256 of the model's hash and every choice. */
  public long hash() {
    String choices =
        String.join(
            "|",
            Long.toHexString(model.hash()),
            board.name(),
            Integer.toString(context),
            Integer.toString(chunk),
            weights.name(),
            inspection.name());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(choices.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
