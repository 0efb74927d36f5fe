package dunlin.host.cli;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.EncoderModel;
import dunlin.host.quantise.Fusing;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What {@code inspect --json} writes of an encoder.
 *
 * @param tokens of a sequence, the class token included
 * @param queryKey how query and key weights are kept, and what both ways cost
 */
record EncoderReport(
    String kind,
    String name,
    EncoderConfig config,
    int tokens,
    long parameters,
    QueryKey queryKey) {

  /**
   * A layer's way from the input to the scores.
   *
   * @param fused whether quantisation folds query and key weights into one matrix of each head
   * @param separateWeights of a layer
   * @param separateMacs multiply-accumulates of a layer
   */
  record QueryKey(
      boolean fused, long separateWeights, long fusedWeights, long separateMacs, long fusedMacs) {}

  static EncoderReport of(String name, EncoderModel model) {
    EncoderConfig config = model.config();
    return new EncoderReport(
        "encoder",
        name,
        config,
        config.context(),
        model.parameters(),
        new QueryKey(
            Fusing.FASTER.of(config),
            Fusing.weights(config, false),
            Fusing.weights(config, true),
            Fusing.macs(config, false),
            Fusing.macs(config, true)));
  }

  void print(PrintWriter out) {
    out.println(name + ": encoder, " + labels());
    out.println();
    Table table = new Table(1).row("parameters", Numerals.grouped(parameters));
    config.words().ifPresentOrElse(words -> addText(table, words), () -> addFrames(table));
    table
        .row("dim", "" + config.dim())
        .row("hidden", "" + config.hidden())
        .row("layers", "" + config.layers())
        .row("heads", "" + config.heads())
        .row("head size", "" + config.headSize())
        .row("norm", word(config.norm()))
        .row("norm epsilon", "" + config.normEpsilon())
        .row("activation", word(config.activation()))
        .row("pooling", word(config.pooling()))
        .print(out);
    out.println();
    printQueryKey(out);
  }

  private void addFrames(Table table) {
    table
        .row("input", config.frames() + " frames of " + config.channels())
        .row("front end", frontEnd())
        .row("tokens", "" + tokens);
  }

  private void addText(Table table, Words words) {
    table
        .row("input", "text of up to " + tokens + " tokens, " + words.types() + " types")
        .row("vocabulary", Numerals.grouped(words.vocabulary()))
        .row("embedding", words.width() + (words.trigrams() ? ", three tokens together" : ""));
    config
        .bottleneck()
        .ifPresent(
            narrow ->
                table.row(
                    "bottleneck",
                    narrow.width() + ", with " + narrow.feedForwards() + " feed-forwards"));
  }

  private void printQueryKey(PrintWriter out) {
    Table table = new Table(2).row("query and key of a layer", "weights", "MACs to scores", "");
    table.row(
        "separate",
        Numerals.grouped(queryKey.separateWeights()),
        Numerals.grouped(queryKey.separateMacs()),
        queryKey.fused() ? "" : "chosen");
    table.row(
        "fused",
        Numerals.grouped(queryKey.fusedWeights()),
        Numerals.grouped(queryKey.fusedMacs()),
        queryKey.fused() ? "chosen" : "");
    table.print(out);
  }

  private String labels() {
    List<String> labels = config.labels();
    return labels.size() + " labels: " + String.join(", ", labels);
  }

  private String frontEnd() {
    return config.frontEnd().stream().map(EncoderReport::shown).collect(Collectors.joining("; "));
  }

  private static String shown(Convolution convolution) {
    return "%d channels, kernel %d, stride %d, %s"
        .formatted(
            convolution.channels(),
            convolution.kernel(),
            convolution.stride(),
            word(convolution.activation()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
