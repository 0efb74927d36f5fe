package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.Listing;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.checkpoint.StoredTensor;
import dunlin.host.checkpoint.TensorReader;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.FloatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** ONNX file to model. */
public final class OnnxModels {
  private static final String CONFIG = "config.json";
  private static final String POSITIONS = "max_position_embeddings";
  private static final int CONTEXT = 2048; // transformers' LlamaConfig has it where nothing is said

  private OnnxModels() {}

  /** Whether {@code file} is named as ONNX is. */
  public static boolean recognises(Path file) {
    return OnnxFile.recognises(file);
  }

  /**
   * The shape and the tensors of a decoder.
   *
   * @param name for people
   * @throws dunlin.boards.Refusal naming the first node that is not understood
   */
  public static Listing listing(Path file, String name) throws IOException {
    OnnxFile graph = OnnxFile.read(file);
    OnnxLlama llama = llama(graph);
    return new Listing(
        name, "ONNX opset " + graph.opset(), llama.config(), llama.tied(), false, tensors(graph));
  }

  /**
   * A decoder, its weights read.
   *
   * @param name for people
   * @param percent is told how much is done, 0 to 100
   */
  public static FloatModel decoder(Path file, String name, IntConsumer percent) throws IOException {
    OnnxFile graph = OnnxFile.read(file);
    FloatModel model = llama(graph).model(name, weights(graph, percent));
    percent.accept(100); // what else is in the file is of no use
    return model;
  }

  /** Names of an encoder's classes. */
  public interface Labelling {
    /** {@code count} names, in the order of the logits. */
    List<String> labels(int count) throws IOException;
  }

  /**
   * An encoder, its weights read.
   *
   * @param name for people
   */
  public static EncoderModel encoder(
      Path file, String name, Labelling labelling, IntConsumer percent) throws IOException {
    OnnxFile graph = OnnxFile.read(file);
    OnnxEncoder encoder =
        new EncoderFinder(new Parts(file), graph.constants().values())
            .find(Evaluation.outputs(graph));
    List<String> labels =
        encoder.head().marksSpans()
            ? EncoderConfig.SPANS
            : labelling.labels(encoder.head().columns().length);
    EncoderModel model = encoder.model(name, labels, weights(graph, percent));
    percent.accept(100); // what else is in the file is of no use
    return model;
  }

  /** Whether a graph has LayerNorms or types, as encoders do, or at least no gates of Llamas. */
  public static boolean isEncoder(Path file) throws IOException {
    Source logits = Evaluation.outputs(OnnxFile.read(file)).get(0).source();
    return logits.uses(Operation.LAYER_NORM)
        || logits.uses(Operation.TYPES)
        || !logits.uses(Operation.PRODUCT);
  }

  private static OnnxLlama llama(OnnxFile graph) throws IOException {
    Parts parts = new Parts(graph.file());
    return new OnnxLlama.Finder(parts, context(graph)).find(Evaluation.outputs(graph).get(0));
  }

  private static Weights weights(OnnxFile graph, IntConsumer percent) {
    long due = tensors(graph).values().stream().mapToLong(StoredTensor::bytes).sum();
    return new Weights(new TensorReader(Math.max(due, 1), percent));
  }

  private static Map<String, StoredTensor> tensors(OnnxFile graph) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    graph
        .constants()
        .forEach(
            (name, value) -> {
              if (value instanceof Stored stored) {
                tensors.put(name, stored.tensor());
              }
            });
    return tensors;
  }

  /** A graph does not say what context it was trained for; exporters lay config.json beside it. */
  private static int context(OnnxFile graph) throws IOException {
    Path config = graph.file().resolveSibling(CONFIG);
    int context = Files.exists(config) ? ModelJson.read(config).path(POSITIONS).asInt() : CONTEXT;
    return context > 0 ? context : CONTEXT;
  }
}
