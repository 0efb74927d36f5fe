package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.firmware.Op;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host's table of ops against the firmware's own classes. */
class OpFormatTest {
  private static final List<String> NO_FIELDS = List.of("CODE", "BYTES", "PARAMETERS");

  static Stream<Class<?>> ops() {
    return Arrays.stream(Op.class.getDeclaredClasses());
  }

  @Test
  void shouldKnowEveryOpOfTheFirmware() {
    List<Integer> codes = ops().map(op -> constant(op, "CODE")).sorted().toList();
    assertEquals(IntStream.rangeClosed(1, Op.LAST_CODE).boxed().toList(), codes);
    assertEquals(codes.size(), OpFormat.values().length);
  }

  @ParameterizedTest
  @MethodSource("ops")
  void shouldHaveTheFirmwaresNameAndSize(Class<?> op) {
    OpFormat format = format(op);
    assertEquals(constant(op, "BYTES"), format.bytes());
    assertEquals(format.bytes() << 8 | constant(op, "CODE"), format.head());
    assertEquals(op.getSimpleName().toUpperCase(Locale.ROOT), format.name().replace("_", ""));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void shouldCoverEachWordOfARecordOnce(Class<?> op) {
    List<Integer> words =
        format(op).fields().stream().map(OpFormat.Field::offset).sorted().toList();
    assertEquals(
        IntStream.range(1, format(op).bytes() / 4).map(i -> 4 * i).boxed().toList(), words);
  }

  @ParameterizedTest
  @MethodSource("ops")
  void shouldNameEachFieldAsTheFirmwareDoes(Class<?> op) {
    for (Field field : op.getFields()) {
      if (!NO_FIELDS.contains(field.getName())) {
        List<String> names =
            format(op).fields().stream()
                .filter(f -> f.offset() == constant(op, field.getName()))
                .map(f -> f.name().toUpperCase(Locale.ROOT))
                .toList();
        assertEquals(List.of(field.getName().replace("_", "")), names);
      }
    }
  }

  private static OpFormat format(Class<?> op) {
    return OpFormat.of(constant(op, "CODE")).orElseThrow();
  }

  private static int constant(Class<?> op, String name) {
    try {
      return op.getField(name).getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(op + " has no " + name, e);
    }
  }
}
