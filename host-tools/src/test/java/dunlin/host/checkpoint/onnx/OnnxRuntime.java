package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
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

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError e) {
      return abort("ONNX Runtime's native library does not load here: " + e.getMessage());
    }
  }

  private static Object run(Path file, OrtEnvironment environment, Map<String, OnnxTensor> inputs)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OrtSession.Result result = session.run(inputs)) {
        return result.get(0).getValue();
      }
    }
  }
}
