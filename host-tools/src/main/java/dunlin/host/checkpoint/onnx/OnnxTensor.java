package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ElementType;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A constant tensor of an ONNX file: where its floats lie, or its numbers where it holds others.
 */
record OnnxTensor(String name, Value value) {
  private static final int FLOATS = 4 << 3 | 2; // float_data, packed: laid out as raw_data
  private static final int RAW = 9 << 3 | 2;
  private static final int TYPE = 2;
  private static final Map<DataType, Integer> BYTES =
      Map.of(
          DataType.FLOAT,
          4,
          DataType.DOUBLE,
          8,
          DataType.INT64,
          8,
          DataType.INT32,
          4,
          DataType.BOOL,
          1);
  private static final Set<Integer> WHOLE =
      Set.of(DataType.INT64.getNumber(), DataType.INT32.getNumber());

  /** Reads the fields of an initializer; floats stay in the file. */
  static OnnxTensor read(Path file, CodedInputStream in) throws IOException {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    long at = -1;
    int length = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RAW || tag == FLOATS) {
        length = in.readRawVarint32();
        at = in.getTotalBytesRead();
        if (isFloats(fields) || length < 0) {
          in.skipRawBytes(length);
        } else {
          ByteString data = ByteString.copyFrom(in.readRawBytes(length));
          fields.mergeField(
              tag >>> 3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(data).build());
        }
      } else {
        fields.mergeFieldFrom(tag, in);
      }
    }
    TensorProto proto = TensorProto.parseFrom(fields.build().toByteString());
    return new OnnxTensor(proto.getName(), new Place(file, proto, at, length).value());
  }

  private static boolean isFloats(UnknownFieldSet.Builder fields) {
    return fields
        .build()
        .getField(TYPE)
        .getVarintList()
        .contains((long) DataType.FLOAT.getNumber());
  }

  /** The value of a node's attribute, whose data are at hand. */
  static Value of(Path file, TensorProto proto) throws IOException {
    return new Place(file, proto, -1, 0).value();
  }

  /**
   * Where a tensor's data are.
   *
   * @param at of raw floats in the file; −1 if they are not there
   * @param length bytes of them
   */
  private record Place(Path file, TensorProto proto, long at, int length) {
    Value value() throws IOException {
      if (proto.getDataLocation() == DataLocation.EXTERNAL) {
        return external();
      }
      boolean floats = proto.getDataType() == DataType.FLOAT.getNumber();
      if (floats && at >= 0) {
        if (length != 4 * elements()) {
          throw refusal(length + " bytes for shape " + shape());
        }
        return stored(file, at);
      }
      return known();
    }

    /** In another file of the model's folder: key and value, onnx's docs/ExternalData.md. */
    private Value external() throws IOException {
      Map<String, String> keys =
          proto.getExternalDataList().stream()
              .collect(
                  Collectors.toMap(
                      StringStringEntryProto::getKey,
                      StringStringEntryProto::getValue,
                      (first, second) -> second));
      String location = keys.getOrDefault("location", "");
      Path folder = file.toAbsolutePath().getParent().toRealPath();
      if (!location.matches("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*")
          || !Files.isRegularFile(folder.resolve(location))
          || !folder.resolve(location).toRealPath().startsWith(folder)) {
        throw refusal("its data '" + ModelJson.oneLine(location) + "' are no file of its folder");
      }
      Path data = folder.resolve(location);
      String offset = keys.getOrDefault("offset", "0");
      if (!offset.matches("\\d{1,18}")
          || Files.size(data) - Long.parseLong(offset) < 4 * elements()) {
        throw refusal("its data do not lie within " + location);
      }
      if (proto.getDataType() != DataType.FLOAT.getNumber()) {
        throw refusal("its data are not float32");
      }
      return stored(data, Long.parseLong(offset));
    }

    private Value stored(Path data, long offset) {
      return new Stored(new StoredTensor(name(), ElementType.F32, shape(), data, offset), false);
    }

    private Known known() {
      int[] dims = dims();
      double[] values = numbers();
      if (values.length != elements()) {
        throw refusal(values.length + " numbers for shape " + shape());
      }
      boolean whole = WHOLE.contains(proto.getDataType());
      return new Known(dims, values, whole);
    }

    private double[] numbers() {
      DataType type = DataType.forNumber(proto.getDataType());
      ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      int bytes = type == null ? 0 : BYTES.getOrDefault(type, 0);
      if (bytes == 0) {
        throw new Refusal(
            "%s: constant %s is of type %s".formatted(file, name(), type),
            "export the model in float32 (and int64 for shapes)");
      }
      return raw.hasRemaining()
          ? numbers(raw.remaining() / bytes, i -> laidOut(type, raw, bytes * i))
          : numbers((int) Math.min(elements(), listed(type)), i -> listed(type, i));
    }

    private static double laidOut(DataType type, ByteBuffer raw, int at) {
      return switch (type) {
        case FLOAT -> raw.getFloat(at);
        case DOUBLE -> raw.getDouble(at);
        case INT64 -> (double) raw.getLong(at);
        case INT32 -> raw.getInt(at);
        default -> raw.get(at);
      };
    }

    private double listed(DataType type, int index) {
      return switch (type) {
        case FLOAT -> proto.getFloatData(index);
        case DOUBLE -> proto.getDoubleData(index);
        case INT64 -> (double) proto.getInt64Data(index);
        default -> proto.getInt32Data(index);
      };
    }

    /** How many numbers are listed one by one. */
    private int listed(DataType type) {
      return switch (type) {
        case FLOAT -> proto.getFloatDataCount();
        case DOUBLE -> proto.getDoubleDataCount();
        case INT64 -> proto.getInt64DataCount();
        default -> proto.getInt32DataCount();
      };
    }

    private interface Element {
      double at(int index);
    }

    private static double[] numbers(int count, Element element) {
      double[] numbers = new double[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = element.at(i);
      }
      return numbers;
    }

    private int[] dims() {
      int[] dims = new int[proto.getDimsCount()];
      for (int i = 0; i < dims.length; i++) {
        long extent = proto.getDims(i);
        if (extent < 0 || extent > Integer.MAX_VALUE) {
          throw refusal("extent " + extent);
        }
        dims[i] = (int) extent;
      }
      return dims;
    }

    private List<Integer> shape() {
      List<Integer> shape = new ArrayList<>();
      for (int extent : dims()) {
        shape.add(extent);
      }
      return shape;
    }

    /** At most so many that their bytes fit an int. */
    private long elements() {
      long elements = 1;
      for (int extent : dims()) {
        elements = Math.min(elements * extent, Integer.MAX_VALUE);
      }
      return elements;
    }

    private String name() {
      return ModelJson.oneLine(proto.getName());
    }

    private Refusal refusal(String what) {
      return new Refusal(
          file + ": tensor " + name() + ": " + ModelJson.oneLine(what), "export the model again");
    }
  }
}
