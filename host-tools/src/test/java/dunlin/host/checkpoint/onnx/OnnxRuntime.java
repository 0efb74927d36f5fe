package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Microsoft's ONNX Runtime, on one thread. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /** Rows of the first output for a sequence of tokens; skips the test where it cannot run. */
  static float[][] run(Path file, String input, long[] tokens) throws OrtException {
    OrtEnvironment environment = environment();
    long[] shape = {1, tokens.length};
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape)) {
      return ((float[][][]) run(file, environment, Map.of(input, ids)))[0];
    }
  }

  /** The first output for features of {@code shape}. */
  static float[] run(Path file, String input, float[] features, long... shape) throws OrtException {
    OrtEnvironment environment = environment();
    try (OnnxTensor values =
        OnnxTensor.createTensor(environment, FloatBuffer.wrap(features), shape)) {
      return ((float[][]) run(file, environment, Map.of(input, values)))[0];
    }
  }

  /** The first row of each output, for one sequence of each input. */
  static List<float[]> run(Path file, Map<String, long[]> inputs) throws OrtException {
    OrtEnvironment environment = environment();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(file.toString(), options)) {
      for (Map.Entry<String, long[]> input : inputs.entrySet()) {
        long[] values = input.getValue();
        LongBuffer numbers = LongBuffer.wrap(values);
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(environment, numbers, new long[] {1, values.length}));
      }
      List<float[]> rows = new ArrayList<>();
      try (OrtSession.Result result = session.run(tensors)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          rows.add(((float[][]) output.getValue().getValue())[0]);
        }
      }
      return rows;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    return options;
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError e) {
      return abort("ONNX Runtime's native library does not load here: " + e.getMessage());
    }
  }

  private static Object run(Path file, OrtEnvironment environment, Map<String, OnnxTensor> inputs)
      throws OrtException {
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(file.toString(), options);
        OrtSession.Result result = session.run(inputs)) {
      return result.get(0).getValue();
    }
  }
}
