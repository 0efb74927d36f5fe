package dunlin.host.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dunlin.boards.BoardType;
import dunlin.boards.Performance;
import dunlin.host.time.CoreCosts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A type of board of a sweep.
 *
 * @param type its data
 * @param hash of these and of its core's table: a board's file may change between two sweeps
 */
public record SweepBoard(BoardType type, String hash) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int HASH_BYTES = 8;

  /** A type as it is now. */
  public static SweepBoard of(BoardType type) {
    return new SweepBoard(type, hash(type));
  }

  /** Where a core's table lies does not matter, what is in it does. */
  private static String hash(BoardType type) {
    Performance performance = type.performance();
    return performance == null
        ? hash(type, "")
        : hash(type.with(performance.withCore("")), CoreCosts.named(performance.core()));
  }

  private static String hash(Object... data) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(MAPPER.writeValueAsBytes(data));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
