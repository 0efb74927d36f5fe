package dunlin.host.sign;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that belongs on the boards of one flock. Images are signed together: one of another plan, or
 * of another rank, is not what its place in the list says.
 *
 * @param format {@link #FORMAT}, so that a key's signature under anything else is none of this
 * @param release counts what its signer gives out; whoever flashes may refuse what is older
 * @param model name of the model, for people
 * @param plan hash of the plan
 * @param images by rank
 * @param firmware for each type of board, where it was signed as well
 */
public record Manifest(
    @JsonProperty(required = true) String format,
    @JsonProperty(required = true) int release,
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String plan,
    @JsonProperty(required = true) List<Signed> images,
    @JsonProperty(required = true) List<Signed> firmware) {
  /** What the field {@code format} says. */
  public static final String FORMAT = "dunlin-images-1";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Keeps copies of the lists. */
  public Manifest {
    images = List.copyOf(images);
    firmware = List.copyOf(firmware);
  }

  /**
   * What belongs into the flash of a board.
   *
   * @param board the type of the board
   * @param bytes how many
   * @param sha256 their SHA-256, hexadecimal
   */
  public record Signed(
      @JsonProperty(required = true) String board,
      @JsonProperty(required = true) int bytes,
      @JsonProperty(required = true) String sha256) {
    static Signed of(BoardType board, byte[] contents) {
      return new Signed(board.name(), contents.length, Manifest.sha256(contents));
    }
  }

  /**
   * Names what was built.
   *
   * @param images of the plan, by rank
   * @param firmware by type of board; may be empty
   * @param release 0 or more
   */
  public static Manifest of(
      String model,
      Plan plan,
      List<NodeImage> images,
      Map<BoardType, byte[]> firmware,
      int release) {
    return new Manifest(
        FORMAT,
        release,
        model,
        hash(plan),
        IntStream.range(0, images.size())
            .mapToObj(rank -> Signed.of(plan.members().get(rank).board(), images.get(rank).bytes()))
            .toList(),
        firmware.entrySet().stream()
            .map(each -> Signed.of(each.getKey(), each.getValue()))
            .toList());
  }

  /** A plan's hash, as text. */
  static String hash(Plan plan) {
    return "%016x".formatted(plan.hash());
  }

  /** As a file; the same manifest gives the same bytes. */
  byte[] json() {
    try {
      return (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @param name for messages
   * @throws Refusal if it is anything else
   */
  static Manifest parse(String name, byte[] json) {
    try {
      Manifest manifest = MAPPER.readValue(json, Manifest.class);
      if (manifest.format.equals(FORMAT)) {
        return manifest;
      }
    } catch (IOException e) {
      throw notOurs(name, e);
    }
    throw notOurs(name, null);
  }

  private static Refusal notOurs(String name, Exception cause) {
    return new Refusal(
        name + ": is no manifest of this version", "write one with dunlin build --sign", cause);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
