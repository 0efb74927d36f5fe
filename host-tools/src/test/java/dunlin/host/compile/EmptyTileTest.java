package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dunlin.firmware.Memory;
import dunlin.firmware.Op;
import dunlin.firmware.SingleOps;
import dunlin.host.compile.OpFormat.Field;
import dunlin.host.compile.OpFormat.Kind;
import dunlin.kernels.Dsp;
import dunlin.kernels.Scale;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tile behind the rows of a pass: whatever computes on it does nothing. */
class EmptyTileTest {
  /** All rows to all, or many to one: they take every row, or the last. */
  private static final Set<OpFormat> WHOLE =
      EnumSet.of(OpFormat.SELF_ATTEND, OpFormat.POOL, OpFormat.SELECT);

  private static final int ROWS = 8;
  private static final int WIDTH = 4;
  private static final int RAM = 4096;

  static Stream<OpFormat> tiled() {
    return Arrays.stream(OpFormat.values())
        .filter(format -> !Workload.moves(format) && !WHOLE.contains(format))
        .filter(format -> format.fields().stream().anyMatch(f -> f.kind() == Kind.ROWS));
  }

  @ParameterizedTest
  @MethodSource("tiled")
  void shouldTouchNothing(OpFormat format) {
    int layouts =
        format.fields().stream().mapToInt(field -> field.choices().size()).max().orElse(1);
    for (int choice = 0; choice < layouts; choice++) {
      byte[] image = new byte[format.bytes()];
      Dsp.store32(image, 0, format.head());
      for (Field field : format.fields()) {
        Dsp.store32(image, field.offset(), word(field, choice));
      }
      byte[] ram = new byte[RAM];
      new Random(1).nextBytes(ram);
      byte[] before = ram.clone();
      SingleOps ops = new SingleOps(image, ram);
      ops.begin(0, ROWS);
      ops.execute(format.head() & 0xff, 0);
      assertArrayEquals(before, ram);
    }
  }

  private static int word(Field field, int choice) {
    return switch (field.kind()) {
      case BUFFER -> Memory.buffer(1, 0);
      case NUMBER -> WIDTH;
      case SCALE -> Scale.of(1, 0);
      case CHOICE -> Math.min(choice, field.choices().size() - 1);
      case ROWS -> Op.tile(ROWS, ROWS);
    };
  }
}
