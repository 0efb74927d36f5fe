package dunlin.host.compile;

import dunlin.firmware.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Kinds of ops, as tables of costs have them: an op's name, and what tells its kernels apart where
 * it has several.
 */
public final class OpKind {
  private static final Map<OpFormat, List<String>> KERNELS =
      Map.of(
          OpFormat.LINEAR, List.of("-int8", "-int16"),
          OpFormat.EMBED, List.of("", "-fetched", "-onto", "-fetched-onto"),
          OpFormat.ADD, List.of("", "-biased"),
          OpFormat.RESCALE, List.of("", "-biased"),
          OpFormat.LAYER_NORM, List.of("-int8", "-int32", "-int8-int32"),
          OpFormat.SELF_ATTEND, List.of("", "-fused"));

  private OpKind() {}

  /** All that a program may have. */
  public static List<String> all() {
    return Arrays.stream(OpFormat.values()).flatMap(OpKind::of).toList();
  }

  private static Stream<String> of(OpFormat format) {
    return KERNELS.getOrDefault(format, List.of("")).stream().map(kernel -> name(format) + kernel);
  }

  static String name(OpFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  static String of(Program.Step step) {
    return name(step.format()) + kernel(step);
  }

  private static String kernel(Program.Step step) {
    return switch (step.format()) {
      case LINEAR -> "-int" + step.number(Op.Linear.INPUT_BITS);
      case EMBED ->
          with("-fetched", step.part(Op.Embed.TOKENS) == null)
              + with("-onto", step.number(Op.Embed.ONTO) != 0);
      case ADD -> with("-biased", step.part(Op.Add.BIAS) != null);
      case RESCALE -> with("-biased", step.part(Op.Rescale.BIAS) != null);
      case LAYER_NORM ->
          with("-int8", step.part(Op.LayerNorm.OUTPUT) != null)
              + with("-int32", step.part(Op.LayerNorm.RESIDUAL) != null);
      case SELF_ATTEND -> with("-fused", SelfAttentionWork.fused(step));
      default -> "";
    };
  }

  private static String with(String word, boolean wanted) {
    return wanted ? word : "";
  }
}
