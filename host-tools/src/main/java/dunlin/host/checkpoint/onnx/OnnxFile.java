package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX file (onnx.proto's ModelProto) without its weights, which stay in the file: a model of
 * 100 MB is walked through, not held.
 *
 * @param opset version of the default operators, at least 13
 * @param nodes each behind those whose outputs it reads
 * @param inputs without those that initializers name
 * @param constants initializers by name
 */
record OnnxFile(
    Path file,
    long opset,
    List<NodeProto> nodes,
    List<ValueInfoProto> inputs,
    List<ValueInfoProto> outputs,
    Map<String, Value> constants) {
  private static final int FIRST_OPSET = 13;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPSET = 8;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int GRAPH_SPARSE = 15;
  private static final int TYPE_BITS = 3;

  /** Whether {@code file} is named as ONNX is. */
  static boolean recognises(Path file) {
    return file.toString().endsWith(".onnx");
  }

  /**
   * Reads everything but weights.
   *
   * @throws Refusal if it is damaged, or of an opset before 13
   */
  static OnnxFile read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Reader(file, CodedInputStream.newInstance(in)).read();
    } catch (InvalidProtocolBufferException e) {
      throw new Refusal(
          file + ": " + ModelJson.oneLine(e.getMessage()),
          "it is cut short, damaged or not ONNX; export or download it again",
          e);
    }
  }

  private static final class Reader {
    private final Path file;
    private final CodedInputStream in;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<ValueInfoProto> outputs = new ArrayList<>();
    private final Map<String, Value> constants = new LinkedHashMap<>();
    private long opset;

    Reader(Path file, CodedInputStream in) {
      this.file = file;
      this.in = in;
    }

    OnnxFile read() throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag >>> TYPE_BITS) {
          case MODEL_GRAPH -> within(this::graph);
          case MODEL_OPSET -> opset(in.readMessage(OperatorSetIdProto.parser(), registry()));
          default -> in.skipField(tag);
        }
      }
      if (nodes.isEmpty() || outputs.isEmpty()) {
        throw new Refusal(file + ": holds no graph", "it is not ONNX; export the model again");
      }
      if (opset < FIRST_OPSET) {
        throw new Refusal(
            file + ": operators of opset " + opset,
            "export the model with opset " + FIRST_OPSET + " or later");
      }
      inputs.removeIf(input -> constants.containsKey(input.getName()));
      return new OnnxFile(file, opset, nodes, inputs, outputs, constants);
    }

    private interface Part {
      void read() throws IOException;
    }

    /** Reads a message's fields up to where its length says. */
    private void within(Part part) throws IOException {
      int outer = in.pushLimit(in.readRawVarint32());
      part.read();
      in.checkLastTagWas(0);
      in.popLimit(outer);
    }

    private void graph() throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag >>> TYPE_BITS) {
          case GRAPH_NODE -> nodes.add(in.readMessage(NodeProto.parser(), registry()));
          case GRAPH_INITIALIZER -> within(this::initializer);
          case GRAPH_INPUT -> inputs.add(in.readMessage(ValueInfoProto.parser(), registry()));
          case GRAPH_OUTPUT -> outputs.add(in.readMessage(ValueInfoProto.parser(), registry()));
          case GRAPH_SPARSE ->
              throw new Refusal(
                  file + ": sparse weights", "export the model with dense ones in float32");
          default -> in.skipField(tag);
        }
      }
    }

    private void initializer() throws IOException {
      OnnxTensor tensor = OnnxTensor.read(file, in);
      if (constants.put(tensor.name(), tensor.value()) != null) {
        throw new Refusal(
            file + ": initializer " + ModelJson.oneLine(tensor.name()) + " is there twice",
            "export the model again");
      }
    }

    private void opset(OperatorSetIdProto imported) {
      if (imported.getDomain().isEmpty() || imported.getDomain().equals("ai.onnx")) {
        opset = imported.getVersion();
      }
    }

    private static ExtensionRegistryLite registry() {
      return ExtensionRegistryLite.getEmptyRegistry();
    }
  }
}
