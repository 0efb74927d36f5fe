package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Topology;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real model's stories, to the bit. */
class StoryTest {
  private static final int CONTEXT = 200;
  private static final Sampling SAMPLED = Sampling.of(0.8, 40, 42);

  private Stories260K stories;
  private int[] prompt;

  @BeforeEach
  void readTheModel() {
    stories = Stories260K.require();
    prompt = stories.prompt("One day, a dog");
  }

  /** A commit that changes a hash changes bits, and says why. */
  @Test
  void shouldTellTheSameGreedyStoryForEver() {
    assertEquals(
        "73c3330e81aba15ba57ca1d5b8d6d5f06204b36c5e8dbdc2d40a136aea3fd871",
        hash(tell(CONTEXT, Weights.PLAIN, 8, Inspection.ALL_LOGITS, Sampling.GREEDY)));
  }

  @Test
  void shouldTellTheSameSampledStoryForEver() {
    assertEquals(
        "d468b0c879340d96a08b0ecc639219ca3a38f02c144acb67da8b95322b54e126",
        hash(tell(CONTEXT, Weights.PLAIN, 8, Inspection.ALL_LOGITS, SAMPLED)));
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, 1, 200, ALL_LOGITS",
    "PLAIN, 4, 77, TAPS",
    "PLAIN, 16, 101, ALL_LOGITS",
    "PACKED, 1, 200, ALL_LOGITS",
    "PACKED, 4, 50, TAPS",
    "PACKED, 5, 199, ALL_LOGITS",
    "PACKED, 16, 64, ALL_LOGITS",
    "HELIUM, 3, 90, TAPS",
  })
  void shouldTellTheSameStoryForAnyPlan(
      Weights weights, int chunk, int context, Inspection inspection) {
    for (Sampling sampling : new Sampling[] {Sampling.GREEDY, SAMPLED}) {
      Transcript expected = tell(CONTEXT, Weights.PLAIN, 8, Inspection.ALL_LOGITS, sampling);
      Transcript actual = tell(context, weights, chunk, inspection, sampling);
      int picked = context - prompt.length;
      assertArrayEquals(Arrays.copyOf(expected.tokens(), picked), actual.tokens());
      assertEquals(context, actual.logits().size());
      actual.logits().forEach((at, row) -> assertArrayEquals(expected.logits().get(at), row));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TREE, UART, PLAIN, 2",
    "TREE, UART, PACKED, 3",
    "CHAIN, UART, PLAIN, 4",
    "TREE, SPI, PACKED, 4",
    "TREE, UART, HELIUM, 5",
    "RING, UART, PACKED, 5",
    "CHAIN, UART, PACKED, 6",
    "RING, UART, PLAIN, 7",
    "TREE, UART, PACKED, 8",
    "TREE, SPI, PLAIN, 8",
    "TREE, UART, PLAIN, 16",
    "TREE, UART, PLAIN, 64",
    "TREE, SPI, PACKED, 64",
    "CHAIN, UART, PLAIN, 16",
  })
  void shouldTellTheSameStoryOnAnyFlock(
      Topology topology, LinkKind link, Weights weights, int nodes) {
    tellOn(nodes, topology, link, weights, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "CHAIN, UART, 2, 2",
    "TREE, UART, 8, 2",
    "RING, SPI, 7, 3",
    "TREE, UART, 5, 5",
    "TREE, UART, 64, 4",
  })
  void shouldTellTheSameStoryInStages(Topology topology, LinkKind link, int nodes, int stages) {
    tellOn(nodes, topology, link, Weights.PACKED, stages);
  }

  private void tellOn(int nodes, Topology topology, LinkKind link, Weights weights, int stages) {
    for (Sampling sampling : new Sampling[] {Sampling.GREEDY, SAMPLED}) {
      Transcript expected = tell(CONTEXT, Weights.PLAIN, 8, Inspection.ALL_LOGITS, sampling);
      PlanOptions options =
          new PlanOptions(40, 4, weights, Inspection.ALL_LOGITS)
              .nodes(nodes, topology)
              .with(link)
              .staged(stages);
      Transcript actual = tell(options, sampling);
      int picked = options.context() - prompt.length;
      assertArrayEquals(Arrays.copyOf(expected.tokens(), picked), actual.tokens());
      assertEquals(options.context(), actual.logits().size());
      actual.logits().forEach((at, row) -> assertArrayEquals(expected.logits().get(at), row));
    }
  }

  private Transcript tell(
      int context, Weights weights, int chunk, Inspection inspection, Sampling sampling) {
    return tell(new PlanOptions(context, chunk, weights, inspection), sampling);
  }

  private Transcript tell(PlanOptions options, Sampling sampling) {
    return Transcript.of(
        stories.quantised(), BoardTypes.named("emulated"), options, prompt, sampling);
  }

  /** SHA-256 of the tokens, then of all logits by position. */
  private static String hash(Transcript transcript) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes(transcript.tokens()));
      transcript.logits().values().forEach(row -> digest.update(bytes(row)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(int[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length);
    bytes.asIntBuffer().put(words);
    return bytes.array();
  }
}
