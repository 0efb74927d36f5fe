package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder.BiasedSum;
import dunlin.host.quantise.QuantisedEncoder.Embedded;
import dunlin.host.quantise.QuantisedEncoder.Projected;
import dunlin.host.quantise.QuantisedEncoder.Words;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.LinearDsp;

/**
 * Emits the start of a text encoder's stream: the tokens go to the nodes that hold rows of the
 * embedding, and those come to the root. A trigram is three linear layers on the same rows, whose
 * sums are added to the row of a token, of the one before, and of the next: nothing is padded.
 */
final class EncoderWords {
  private final Plan plan;
  private final Words words;
  private final int rank;
  private final int layout;
  private final LinearOps linears;
  private final Collectives collectives;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final Sliced sliced;
  private final Tiling tiling;
  private final EncoderConfig config;

  EncoderWords(EncoderNode node, Words words) {
    this.words = words;
    plan = node.plan();
    config = node.config();
    rank = node.rank();
    layout = node.layout();
    linears = node.linears();
    collectives = node.collectives();
    buffers = node.buffers();
    stream = node.stream();
    sliced = node.sliced();
    tiling = node.tiling();
  }

  /** tokens, types → residual [S × E]. */
  void emit() {
    Ram tokens = buffers.node.tokens().orElseThrow();
    Embedded embedding = words.embedding();
    Matrix8 rows = Sliced.rows(embedding.rows(), sliced.tokens());
    Constant weights = linears.weights(rows);
    int[] own = Sliced.rows(embedding.multipliers(), sliced.tokens());
    Constant multipliers = Constants.words("embedding multipliers", own);
    int width = rows.columns();
    boolean alone = plan.members().size() == 1;
    Ram fetched =
        LlamaBuffers.passing(
            "fetched embedding rows",
            (rank == 0 ? buffers.positions : 1L) * LinearDsp.padded(4 + width));
    if (!alone) {
      collectives.tokens(tokens);
      collectives.fetch(fetched, width, weights, multipliers, layout);
    }
    if (rank > 0) {
      return;
    }
    stream.positions(layout);
    words.types().ifPresent(this::types);
    Program.Step embed = stream.embed(embedding, layout);
    if (alone) {
      embed.with(Op.Embed.TOKENS, tokens);
    } else {
      embed.with(Op.Embed.WEIGHTS, fetched).with(Op.Embed.MULTIPLIERS, Op.NO_BUFFER);
    }
    if (words.projection().isEmpty()) {
      embed.with(Op.Embed.ONTO, 1);
      return;
    }
    Ram wide = buffers.rows("word rows", 4 * width);
    embed.with(Op.Embed.OUTPUT, wide);
    project(words.projection().get(), wide, width);
  }

  private void types(Embedded types) {
    Ram input = buffers.node.input().orElseThrow();
    stream
        .embed(types, layout)
        .with(Op.Embed.TOKENS, input, Integer.BYTES * buffers.positions)
        .with(Op.Embed.ONTO, 1);
  }

  private void project(Projected projection, Ram wide, int width) {
    Ram entry = buffers.rows("word entry", width);
    stream.quantise("words ", wide, projection.entry(), entry, Op.ALL);
    int count = projection.sums().size();
    for (int part = 0; part < count; part++) {
      neighbour("words " + part, projection.sums().get(part), entry, count / 2 - part);
    }
  }

  /**
   * Adds what rows give to other rows.
   *
   * @param from which row's it is that is added to a row: the next one's at 1, the one's before at
   *     -1
   */
  private void neighbour(String name, BiasedSum sum, Ram entry, int from) {
    Matrix8 matrix = sum.sum().matrix();
    Constant weights = linears.weights(matrix);
    EncoderStream.AddTables tables = EncoderStream.addTables(name, sum);
    Ram sums = buffers.tile(name, config.dim());
    int ahead = Math.max(from, 0);
    int behind = Math.max(-from, 0);
    for (int first = 0; first < buffers.positions - Math.abs(from); first += tiling.rows()) {
      int last = Math.min(first + tiling.rows(), buffers.positions - Math.abs(from));
      int rows = Op.tile(first + ahead + behind, last - first);
      linears
          .linear(entry, 8, weights, matrix, sums, buffers.expanded(name, matrix), rows)
          .with(Op.Linear.INPUT, entry, (first + ahead) * matrix.columns());
      stream
          .add(sums, sum, tables, rows)
          .with(Op.Add.OUTPUT, buffers.residual, 4 * (first + behind) * config.dim());
    }
  }
}
