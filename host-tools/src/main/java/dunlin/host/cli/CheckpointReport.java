package dunlin.host.cli;

import dunlin.host.checkpoint.ElementType;
import dunlin.host.checkpoint.Listing;
import dunlin.host.model.LlamaConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code inspect --json} writes of a checkpoint. */
record CheckpointReport(
    String kind,
    String name,
    String format,
    LlamaConfig config,
    boolean tied,
    long parameters,
    List<Tensor> tensors) {

  /** One tensor, by the checkpoint's own name for it. */
  record Tensor(String name, ElementType type, List<Integer> shape, long bytes) {}

  static CheckpointReport of(Listing listing) {
    return new CheckpointReport(
        "checkpoint",
        listing.name(),
        listing.format(),
        listing.config(),
        listing.tied(),
        listing.parameters(),
        listing.tensors().values().stream()
            .map(t -> new Tensor(t.name(), t.type(), t.shape(), t.bytes()))
            .toList());
  }

  void print(PrintWriter out) {
    out.println(name + ": checkpoint, " + format);
    out.println();
    new Table(1)
        .row("parameters", Numerals.grouped(parameters))
        .row("dim", "" + config.dim())
        .row("hidden", "" + config.hidden())
        .row("layers", "" + config.layers())
        .row("heads", "" + config.heads())
        .row("KV heads", "" + config.kvHeads())
        .row("head size", "" + config.headSize())
        .row("vocabulary", "" + config.vocabulary())
        .row("context", "" + config.context())
        .row("norm epsilon", "" + config.normEpsilon())
        .row("RoPE theta", "" + config.ropeTheta())
        .row("head is embedding", tied ? "yes" : "no")
        .print(out);
    out.println();
    Table table = new Table(3).row("tensor", "type", "shape", "bytes");
    for (Tensor tensor : tensors) {
      String shape =
          tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" × "));
      table.row(tensor.name(), tensor.type().name(), shape, Numerals.grouped(tensor.bytes()));
    }
    table.print(out);
  }
}
