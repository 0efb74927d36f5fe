package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.OtherJvm;
import dunlin.host.checkpoint.onnx.LlamaGraph;
import dunlin.host.checkpoint.onnx.TextGraph;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of some 100 MB is imported in a heap of twice its size, and shows how far it is. */
@Tag("slow")
class LargeFileTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(512, 1376, 6, 8, 4, 64, 12_000, 2048, 1e-5, 10_000);

  private static final EncoderConfig TEXT = TextGraph.mobileBert(34_000, 24);

  @TempDir private Path folder;

  @Test
  void shouldImportGgufInTwiceItsSize() throws Exception {
    FloatModel model = RandomModel.of(SHAPE, false, 1);
    check(GgufWriter.of(model, ElementType.F32).write(folder.resolve("model.gguf")));
  }

  @Test
  void shouldImportOnnxInTwiceItsSize() throws Exception {
    FloatModel model = RandomModel.of(SHAPE, false, 1);
    Path file = folder.resolve("model.onnx");
    check(LlamaGraph.write(model, LlamaGraph.Spelling.TRANSFORMERS, file));
  }

  @Test
  void shouldImportMobileBertInTwiceItsSize() throws Exception {
    EncoderModel model = RandomEncoder.of("mobile", TEXT, 1);
    check(TextGraph.write(model, TextGraph.Spelling.TRACED, folder.resolve("text.onnx")));
  }

  private void check(Path file) throws IOException, InterruptedException {
    long size = Files.size(file);
    assertTrue(size > 100_000_000, () -> size + " bytes");
    Path log = folder.resolve("log.txt");
    String heap = "-Xmx" + 2 * size / 1024 + "k";
    Process process =
        OtherJvm.start(log, List.of(heap), List.of(LargeFileTest.class.getName(), "" + file));
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String words = Files.readString(log);
    assertTrue(ended && process.exitValue() == 0, words);
    assertTrue(words.startsWith("steps 101"), words);
    System.out.println(file.getFileName() + ", " + size + " bytes: " + words);
  }

  /** Imports a file, in the JVM that the test starts. */
  public static void main(String[] arguments) {
    boolean[] told = new boolean[101];
    Path file = Path.of(arguments[0]);
    if (Encoders.recognises(file)) {
      assertEquals(TEXT, Encoders.read(file, percent -> told[percent] = true).config());
    } else {
      assertEquals(SHAPE, Checkpoints.read(file, percent -> told[percent] = true).config());
    }
    int steps = 0;
    for (boolean each : told) {
      steps += each ? 1 : 0;
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.println("steps " + steps + ", heap at its peak " + peak);
  }
}
