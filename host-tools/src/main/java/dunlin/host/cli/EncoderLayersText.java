package dunlin.host.cli;

import dunlin.host.evaluate.EncoderLayers;
import java.io.PrintWriter;

/**
 * What quantisation costs each block of an encoder, for people.
 *
 * @param on which inputs
 */
record EncoderLayersText(EncoderLayers layers, String on) {
  void print(PrintWriter out) {
    out.println("cosines of the stream behind each block, " + on + ":");
    Table table = new Table(0).row("block", "with those before it", "fed with the float model's");
    for (int layer = 0; layer < layers.alone().size(); layer++) {
      table.row(
          "" + layer,
          EncoderEvaluationReport.cosine(layers.together().get(layer)),
          EncoderEvaluationReport.cosine(layers.alone().get(layer)));
    }
    table.print(out);
  }
}
