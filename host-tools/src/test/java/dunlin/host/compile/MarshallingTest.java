package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardTypes;
import dunlin.firmware.Op;
import dunlin.host.KwtReference;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.ImportedNetwork;
import dunlin.host.flock.Progress;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No op of a model that comes with Dunlin marshals data: each writes what the next one reads. */
class MarshallingTest {
  private static final Path BUNDLED = Path.of("..", "models", "stint");

  /** What an op is there for, by its definition ({@link Op}). */
  private enum Purpose {
    /** Its results are other numbers than its operands. */
    COMPUTES,
    /** It moves data to or from another node. */
    EXCHANGES,
    /** It touches no tensor. */
    CONTROLS,
    /** It shows a tensor as it is, to somebody who asks for it. */
    SHOWS
  }

  /** A new op does not compile before somebody says what it is there for. */
  private static Purpose purpose(OpFormat format) {
    return switch (format) {
      case EMBED, // int8 rows times a multiplier each, into the stream's fixed point; positions too
          ANGLES, // sines and cosines
          NORM,
          LAYER_NORM, // mean, deviation, gain, bias
          LINEAR, // a convolution too: it reads overlapping runs of frames where they lie
          RESCALE, // accumulators to a fixed point
          QUERY, // rotates, chooses a scale, rounds
          KEY, // the same, into the cache that ATTEND reads
          VALUE, // chooses a scale and rounds, into that cache
          ATTEND,
          SELF_ATTEND, // projections, scores, softmax, context, output projection
          GATE,
          ACTIVATE, // requantises and activates
          ADD, // rescales and adds to the stream
          POOL, // means of rows
          QUANTISE, // int32 to int8 by a multiplier of each channel
          NO_NORM, // a gain and a bias of each channel
          SELECT,
          DRAW -> // of logits, with noise
          Purpose.COMPUTES;
      case BROADCAST, REDUCE, MERGE, FETCH, SEND_LOGITS -> Purpose.EXCHANGES;
      case END_PREFILL -> Purpose.CONTROLS;
      case TAP -> Purpose.SHOWS;
    };
  }

  static List<String> descriptions() {
    return EncoderDescription.OF_FRAMES;
  }

  @Test
  void shouldNotMarshalInTheBundledModel() {
    assumeTrue(Files.exists(BUNDLED), "models/stint is not there");
    QuantisedModel model = ImportedNetwork.read(BUNDLED.toString()).quantised(null, Progress.NONE);
    check(model);
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void shouldNotMarshalInADescribedEncoder(String name) {
    ImportedEncoder source = ImportedEncoder.read(name);
    for (Fusing fusing : List.of(Fusing.NEVER, Fusing.ALWAYS)) {
      check(source.quantised(null, fusing, Progress.NONE));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "ALWAYS"})
  void shouldNotMarshalInAKeywordTransformer(Fusing fusing) {
    ImportedEncoder source = new ImportedEncoder("kwt1", KwtReference.model());
    check(source.quantised(null, fusing, Progress.NONE));
  }

  /** All nodes, alone and in four. */
  private static void check(QuantisedModel model) {
    for (int nodes : new int[] {1, 4}) {
      Plan plan =
          Planner.plan(
              model, BoardTypes.named("emulated"), PlanOptions.DEFAULT.nodes(nodes, Topology.TREE));
      List<Program> programs =
          IntStream.range(0, nodes).mapToObj(rank -> NodeProgram.of(plan, rank).program()).toList();
      assertTrue(programs.stream().anyMatch(MarshallingTest::attends), "no attention to look at");
      programs.forEach(MarshallingTest::check);
    }
  }

  private static boolean attends(Program program) {
    return program.steps().stream()
        .anyMatch(op -> op.format() == OpFormat.SELF_ATTEND || op.format() == OpFormat.ATTEND);
  }

  private static void check(Program program) {
    for (Program.Step op : program.steps()) {
      assertNotEquals(Purpose.SHOWS, purpose(op.format()), op.format()::toString);
    }
    checkEncoderLayouts(program);
    checkDecoderLayouts(program);
  }

  /** Queries, keys, values and context live and die in one op, between two that compute. */
  private static void checkEncoderLayouts(Program program) {
    for (Program.Step op : steps(program, OpFormat.SELF_ATTEND)) {
      assertEquals(
          EnumSet.of(OpFormat.SELF_ATTEND), users(program, op.part(Op.SelfAttend.SCRATCH)));
      assertAmong(
          EnumSet.of(
              OpFormat.LAYER_NORM, OpFormat.QUANTISE, OpFormat.BROADCAST, OpFormat.SELF_ATTEND),
          users(program, op.part(Op.SelfAttend.INPUT)));
      assertAmong(
          EnumSet.of(OpFormat.SELF_ATTEND, OpFormat.REDUCE, OpFormat.ADD),
          users(program, op.part(Op.SelfAttend.OUTPUT)));
    }
  }

  /** What projections make is attended with as it lies, and the context projected as it lies. */
  private static void checkDecoderLayouts(Program program) {
    for (Program.Step op : steps(program, OpFormat.ATTEND)) {
      assertEquals(
          EnumSet.of(OpFormat.QUERY, OpFormat.ATTEND), users(program, op.part(Op.Attend.QUERIES)));
      assertEquals(
          EnumSet.of(OpFormat.KEY, OpFormat.VALUE, OpFormat.ATTEND),
          users(program, op.part(Op.Attend.CACHE)));
      assertEquals(
          EnumSet.of(OpFormat.ATTEND, OpFormat.LINEAR), users(program, op.part(Op.Attend.OUTPUT)));
    }
  }

  private static void assertAmong(Set<OpFormat> allowed, Set<OpFormat> actual) {
    assertTrue(allowed.containsAll(actual), () -> actual + " are not all in " + allowed);
  }

  private static List<Program.Step> steps(Program program, OpFormat format) {
    return program.steps().stream().filter(op -> op.format() == format).toList();
  }

  /** The kinds of ops that touch a buffer. */
  private static Set<OpFormat> users(Program program, Program.Part part) {
    Set<OpFormat> users = EnumSet.noneOf(OpFormat.class);
    program.steps().stream()
        .filter(op -> op.operands().contains(part.operand()))
        .forEach(op -> users.add(op.format()));
    return users;
  }
}
