package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dunlin.host.model.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes an ONNX graph node by node; a value is the name of what makes it. */
final class GraphWriter {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("main_graph");
  private final long opset;
  private ByteArrayOutputStream external;
  private int names;

  GraphWriter(long opset) {
    this.opset = opset;
  }

  long opset() {
    return opset;
  }

  /** From now on, initializers lie in a file of their own. */
  GraphWriter external() {
    external = new ByteArrayOutputStream();
    return this;
  }

  /** A node of one output. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return nodes(operator, 1, inputs, attributes).get(0);
  }

  String node(String operator, String... inputs) {
    return node(operator, List.of(inputs));
  }

  List<String> nodes(
      String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
    if (!operator.equals("Constant")) {
      node.setName("/" + operator + "_" + names);
    }
    for (int i = 0; i < outputs; i++) {
      node.addOutput("" + names++);
    }
    graph.addNode(node.addAllInput(inputs).addAllAttribute(List.of(attributes)));
    return node.getOutputList();
  }

  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (values.length == 1 && !name.matches("perm|axes|split|strides|kernel_shape")) {
      return attribute.setType(AttributeProto.AttributeType.INT).setI(values[0]).build();
    }
    attribute.setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto decimal(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** A Constant of int64. */
  String integers(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return constant(tensor.build());
  }

  /** A Constant of int64 without extents. */
  String integer(long value) {
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    return constant(
        TensorProto.newBuilder()
            .setDataType(DataType.INT64.getNumber())
            .setRawData(ByteString.copyFrom(raw))
            .build());
  }

  /** A Constant of float32 without extents. */
  String number(double value) {
    return constant(
        TensorProto.newBuilder()
            .setDataType(DataType.FLOAT.getNumber())
            .addFloatData((float) value)
            .build());
  }

  private String constant(TensorProto tensor) {
    return node(
        "Constant",
        List.of(),
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(tensor)
            .build());
  }

  /** An initializer of float32. */
  String floats(String name, float[] values, long... dims) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
    for (long extent : dims) {
      tensor.addDims(extent);
    }
    if (external == null) {
      tensor.setRawData(ByteString.copyFrom(raw));
    } else {
      tensor.setDataLocation(DataLocation.EXTERNAL);
      tensor.addExternalData(entry("location", "weights.data"));
      tensor.addExternalData(entry("offset", "" + external.size()));
      tensor.addExternalData(entry("length", "" + raw.capacity()));
      external.writeBytes(raw.array());
    }
    graph.addInitializer(tensor);
    return name;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** A vector of a matrix of one row. */
  String vector(Matrix row) {
    return floats(row.name(), row.values(), row.columns());
  }

  /** A matrix as it is. */
  String matrix(Matrix matrix) {
    return floats(matrix.name(), matrix.values(), matrix.rows(), matrix.columns());
  }

  /** A matrix with rows and columns swapped: inputs × outputs, as MatMul wants it. */
  String transposed(Matrix matrix) {
    float[] values = new float[matrix.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.at(i % matrix.rows(), i / matrix.rows());
    }
    return floats(matrix.name(), values, matrix.columns(), matrix.rows());
  }

  /** An input; extents that are names may be anything. */
  String input(String name, DataType type, Object... dims) {
    graph.addInput(value(name, type, dims));
    return name;
  }

  void output(String value, Object... dims) {
    graph.addOutput(value(value, DataType.FLOAT, dims));
  }

  private static ValueInfoProto value(String name, DataType type, Object... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object extent : dims) {
      TensorShapeProto.Dimension.Builder dim = shape.addDimBuilder();
      if (extent instanceof Integer size) {
        dim.setDimValue(size);
      } else {
        dim.setDimParam((String) extent);
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  Path write(Path file) {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setProducerName("pytorch")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph)
            .build();
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
      if (external != null) {
        Files.write(file.resolveSibling("weights.data"), external.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
