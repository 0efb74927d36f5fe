package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * MiniLM (Wang et al., arXiv 2002.10957; all-MiniLM-L6-v2, 22.7 million parameters), a BERT that
 * others trained and exported. It has no head, so it gets one with seeded weights behind its own
 * pooler.
 */
final class TrainedBert {
  static final List<String> LABELS = List.of("one", "two", "three", "four", "five", "six", "seven");

  private static final int WIDTH = 384;
  private static final String NAME = "/all-minilm-l6-v2";

  private TrainedBert() {}

  /** Writes graph, tokenizer and labels to a folder; the graph's file. */
  static Path write(Path folder) throws IOException {
    Files.write(folder.resolve("labels.txt"), LABELS);
    try (InputStream tokenizer = TrainedBert.class.getResourceAsStream(NAME + "-tokenizer.json");
        InputStream graph = TrainedBert.class.getResourceAsStream(NAME + ".onnx")) {
      Files.copy(tokenizer, folder.resolve("tokenizer.json"));
      Path file = folder.resolve("model.onnx");
      try (OutputStream out = Files.newOutputStream(file)) {
        classifier(ModelProto.parseFrom(graph)).writeTo(out);
      }
      return file;
    }
  }

  /** Writes the graph as it was exported, which ends with rows for each token; its file. */
  static Path writeHeadless(Path folder) throws IOException {
    Path file = folder.resolve("model.onnx");
    try (InputStream graph = TrainedBert.class.getResourceAsStream(NAME + ".onnx")) {
      Files.copy(graph, file);
    }
    return file;
  }

  private static ModelProto classifier(ModelProto encoder) {
    GraphProto.Builder graph = encoder.getGraph().toBuilder();
    String pooled = graph.getOutput(1).getName();
    Random random = new Random(7);
    graph
        .addInitializer(uniform(random, "head.weight", WIDTH, LABELS.size()))
        .addInitializer(uniform(random, "head.bias", LABELS.size()))
        .addNode(node("MatMul", "head.product", pooled, "head.weight"))
        .addNode(node("Add", "logits", "head.product", "head.bias"));
    graph.removeOutput(0).getOutputBuilder(0).setName("logits");
    graph
        .getOutputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(1)
        .setDimValue(LABELS.size());
    return encoder.toBuilder().setGraph(graph).build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName("/" + output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto uniform(Random random, String name, int... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
    int count = 1;
    for (int extent : dims) {
      tensor.addDims(extent);
      count *= extent;
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      raw.putFloat(4 * i, (random.nextFloat() - 0.5f) / 5);
    }
    return tensor.setRawData(ByteString.copyFrom(raw)).build();
  }
}
