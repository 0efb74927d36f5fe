package dunlin.host.checkpoint;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.host.TemporaryFolder;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What was written comes back, for every format and for shapes that divide by nothing. */
class CheckpointRoundTripTest {
  private enum Format {
    LLAMA2C_V0,
    LLAMA2C_V1,
    GGUF_F32,
    GGUF_F16,
    F32,
    F16,
    BF16
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void shouldReadBackEveryWeight(
      @ForAll("shapes") LlamaConfig shape,
      @ForAll boolean tied,
      @ForAll Format format,
      @ForAll @IntRange(min = 1, max = 3) int shards,
      @ForAll long seed)
      throws IOException {
    boolean llama2c = format == Format.LLAMA2C_V0 || format == Format.LLAMA2C_V1;
    FloatModel model = rounded(RandomModel.of(llama2c ? asLlama2c(shape) : shape, tied, seed));
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path written = write(model, folder.path(), format, shards);
      FloatModel read = Checkpoints.read(written);
      assertEquals(model.config(), read.config());
      assertEquals(tied, read.tied());
      for (Weight weight : Weight.values()) {
        for (int layer = 0; layer < weight.count(model.config()); layer++) {
          Matrix expected = Weights.of(model, weight, layer);
          Matrix actual = Weights.of(read, weight, layer);
          assertEquals(expected.rows(), actual.rows());
          assertArrayEquals(expected.values(), actual.values(), weight + " of layer " + layer);
        }
      }
    }
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void shouldListEveryTensorWhereItIs(@ForAll("shapes") LlamaConfig shape, @ForAll boolean tied)
      throws IOException {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      FloatModel model = RandomModel.of(asLlama2c(shape), tied, 1);
      Path file = Llama2cWriter.v1(model, folder.path().resolve("m.bin"));
      Listing listing = Checkpoints.list(file);
      assertEquals(9 * shape.layers() + (tied ? 2 : 3), listing.tensors().size());
      assertEquals(Files.size(file), 256 + 4 * listing.parameters());
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(LITTLE_ENDIAN);
      for (Weight weight : Weight.values()) {
        int last = weight.count(shape) - 1;
        StoredTensor tensor = listing.tensor(weight, last);
        if (tensor != null) {
          float first = Weights.of(model, weight, last).at(0, 0);
          assertEquals(first, bytes.getFloat((int) tensor.offset()), tensor.name());
        }
      }
    }
  }

  @Provide
  Arbitrary<LlamaConfig> shapes() {
    Arbitrary<Integer> small = Arbitraries.integers().between(1, 3);
    return Combinators.combine(
            small,
            small,
            Arbitraries.integers().between(1, 4).map(half -> 2 * half),
            Arbitraries.integers().between(1, 43),
            Arbitraries.integers().between(1, 21),
            small,
            Arbitraries.integers().between(1, 50))
        .as(
            (groups, perGroup, headSize, hidden, dim, layers, vocabulary) ->
                new LlamaConfig(
                    dim,
                    hidden,
                    layers,
                    groups * perGroup,
                    groups,
                    headSize,
                    vocabulary,
                    9,
                    1e-6,
                    500_000));
  }

  /** llama2.c has neither a head size of its own nor other constants. */
  private static LlamaConfig asLlama2c(LlamaConfig c) {
    int dim = c.heads() * c.headSize();
    return new LlamaConfig(
        dim,
        c.hidden(),
        c.layers(),
        c.heads(),
        c.kvHeads(),
        c.headSize(),
        c.vocabulary(),
        c.context(),
        1e-5,
        10_000);
  }

  /** Keeps 7 significant bits, and magnitudes that every format can hold. */
  private static FloatModel rounded(FloatModel model) {
    for (Weight weight : Weight.values()) {
      for (int layer = 0; layer < weight.count(model.config()); layer++) {
        float[] values = Weights.of(model, weight, layer).values();
        for (int i = 0; i < values.length; i++) {
          float large = Math.copySign(Math.max(Math.abs(values[i]), 0x1p-10f), values[i]);
          values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(large) & 0xFFFF0000);
        }
      }
    }
    return model;
  }

  private static Path write(FloatModel model, Path folder, Format format, int shards)
      throws IOException {
    return switch (format) {
      case LLAMA2C_V0 -> Llama2cWriter.v0(model, folder.resolve("model.bin"));
      case LLAMA2C_V1 -> Llama2cWriter.v1(model, folder.resolve("model.bin"));
      case GGUF_F32 -> GgufWriter.of(model, ElementType.F32).write(folder.resolve("model.gguf"));
      case GGUF_F16 -> GgufWriter.of(model, ElementType.F16).write(folder.resolve("model.gguf"));
      default -> HuggingFaceWriter.write(model, folder, ElementType.valueOf(format.name()), shards);
    };
  }
}
