package dunlin.host.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.boards.BoardType.Weights;
import dunlin.host.SmallEncoders;
import dunlin.host.TemporaryFolder;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.ElementType;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.GgufWriter;
import dunlin.host.checkpoint.HuggingFaceWriter;
import dunlin.host.checkpoint.Llama2cWriter;
import dunlin.host.checkpoint.onnx.LlamaGraph;
import dunlin.host.checkpoint.onnx.TextGraph;
import dunlin.host.compile.Images;
import dunlin.host.compile.Listing;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import dunlin.host.rig.SampleRig;
import dunlin.host.sign.KeyFiles;
import dunlin.host.sign.ManifestFuzz;
import dunlin.host.sign.SigningKey;
import dunlin.host.sign.TrustedKey;
import dunlin.host.tokenizer.SpecialTokensFuzz;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.TokenizerBin;
import dunlin.host.tokenizer.TokenizerJson;
import dunlin.host.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each parser takes any bytes, or refuses them. */
@Tag("slow")
class ParserFuzzTest {
  private static final LlamaConfig TINY = new LlamaConfig(4, 3, 1, 2, 1, 2, 5, 3, 1e-5, 10_000);
  private static final FloatModel TIED = RandomModel.of(TINY, true, 1);
  private static final FloatModel UNTIED = RandomModel.of(TINY, false, 1);

  @Test
  void shouldTakeOrRefuseAnyLlama2cFile() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path file = folder.path().resolve("model.bin");
      Fuzzer.run(
          Llama2c.class,
          List.of(
              Files.readAllBytes(Llama2cWriter.v0(TIED, file)),
              Files.readAllBytes(Llama2cWriter.v0(UNTIED, file)),
              Files.readAllBytes(Llama2cWriter.v1(TIED, file))));
    }
  }

  @Test
  void shouldTakeOrRefuseAnyGguf() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path file = folder.path().resolve("model.gguf");
      GgufWriter words =
          GgufWriter.of(TIED, ElementType.F32)
              .vocabulary(
                  List.of("<unk>", "<s>", "</s>", " a", "ü"), List.of(0f, 0f, 0f, -1f, -2f));
      Fuzzer.run(
          Gguf.class,
          List.of(
              Files.readAllBytes(words.write(file)),
              Files.readAllBytes(GgufWriter.of(UNTIED, ElementType.F16).write(file))));
    }
  }

  @Test
  void shouldTakeOrRefuseAnyOnnx() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path file = folder.path().resolve("model.onnx");
      List<byte[]> seeds = new ArrayList<>();
      for (LlamaGraph.Spelling spelling : LlamaGraph.Spelling.values()) {
        seeds.add(Files.readAllBytes(LlamaGraph.write(TIED, spelling, file)));
      }
      EncoderModel bert = RandomEncoder.of("bert", SmallEncoders.text(Pooling.FIRST_TOKEN), 1);
      EncoderModel mobile =
          RandomEncoder.of("mobile", SmallEncoders.bottlenecks(Pooling.EVERY_TOKEN), 1);
      for (TextGraph.Spelling spelling : TextGraph.Spelling.values()) {
        seeds.add(Files.readAllBytes(TextGraph.write(bert, spelling, file)));
        seeds.add(Files.readAllBytes(TextGraph.write(mobile, spelling, file)));
      }
      Fuzzer.run(Onnx.class, seeds);
    }
  }

  @Test
  void shouldTakeOrRefuseAnyConfig() throws Exception {
    Fuzzer.run(Config.class, List.of(inFolder(TIED, 1, "config.json")));
  }

  @Test
  void shouldTakeOrRefuseAnySafetensors() throws Exception {
    Fuzzer.run(
        Safetensors.class,
        List.of(inFolder(TIED, 1, "model.safetensors"), inFolder(UNTIED, 1, "model.safetensors")));
  }

  @Test
  void shouldTakeOrRefuseAnyIndexOfShards() throws Exception {
    Fuzzer.run(Index.class, List.of(inFolder(TIED, 2, "model.safetensors.index.json")));
  }

  @Test
  void shouldTakeOrRefuseAnyTokenizerBin() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path file = folder.path().resolve("tok.bin");
      List<String> pieces = List.of("<unk>", "<s>", "</s>", "<0x0A>", " ", "a", " a", "ü");
      Fuzzer.run(
          TokenizerBinary.class, List.of(Files.readAllBytes(TokenizerBin.write(file, pieces))));
    }
  }

  /** Not the library's part of it: what ends a process cannot be refused. */
  @Test
  void shouldTakeOrRefuseTheSpecialTokensOfAnyTokenizerJson() throws Exception {
    Fuzzer.run(SpecialTokensFuzz.class, List.of(TokenizerJson.of(true, "a", "▁a").getBytes(UTF_8)));
  }

  /** With CRCs that match: damage by chance is refused before anything is read. */
  @Test
  void shouldTakeOrRefuseAnyImage() throws Exception {
    Fuzzer.run(
        AnyImage.class,
        List.of(
            Images.small(Weights.PLAIN, Inspection.TAPS),
            Images.small(Weights.PACKED, Inspection.NONE)));
  }

  @Test
  void shouldTakeOrRefuseAnyRigFile() throws Exception {
    Fuzzer.run(AnyRig.class, List.of(SampleRig.RIG.getBytes(UTF_8)));
  }

  @Test
  void shouldTakeOrRefuseAnyLocalRigFile() throws Exception {
    Fuzzer.run(AnyDesk.class, List.of(SampleRig.LOCAL.getBytes(UTF_8)));
  }

  @Test
  void shouldTakeOrRefuseAnyManifest() throws Exception {
    Fuzzer.run(ManifestFuzz.class, List.of(ManifestFuzz.good()));
  }

  @Test
  void shouldTakeOrRefuseAnyKey() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      KeyFiles keys = KeyFiles.write(folder.path(), "maker", "Ed25519");
      Fuzzer.run(
          AnyKey.class,
          List.of(Files.readAllBytes(keys.publicKey()), Files.readAllBytes(keys.privateKey())));
    }
  }

  private static byte[] inFolder(FloatModel model, int shards, String name) throws IOException {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      HuggingFaceWriter.write(model, folder.path(), ElementType.BF16, shards);
      return Files.readAllBytes(folder.path().resolve(name));
    }
  }

  /** model.bin. */
  public static final class Llama2c {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("model.bin", input);
      Fuzzer.offer(input.length, () -> Checkpoints.read(file));
    }
  }

  /** model.gguf: its weights and its vocabulary. */
  public static final class Gguf {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("model.gguf", input);
      Fuzzer.offer(input.length, () -> Checkpoints.read(file));
      Fuzzer.offer(input.length, () -> use(Tokenizers.read(file, 5)));
    }
  }

  /** model.onnx: a decoder or an encoder. */
  public static final class Onnx {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("model.onnx", input);
      Fuzzer.offer(input.length, () -> Checkpoints.read(file));
      Fuzzer.offer(input.length, () -> Encoders.read(file));
    }
  }

  /** config.json beside good weights. */
  public static final class Config {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      offerFolder(1, "config.json", input);
    }
  }

  /** model.safetensors beside a good config. */
  public static final class Safetensors {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      offerFolder(1, "model.safetensors", input);
    }
  }

  /** model.safetensors.index.json beside good shards. */
  public static final class Index {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      offerFolder(2, "model.safetensors.index.json", input);
    }
  }

  /** tokenizer.bin. */
  public static final class TokenizerBinary {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("tok.bin", input);
      Fuzzer.offer(input.length, () -> use(Tokenizers.read(file, 8)));
    }
  }

  /** An image. */
  public static final class AnyImage {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      byte[] image = Images.sealed(input.clone());
      Fuzzer.offer(input.length, () -> Listing.of("image", image));
    }
  }

  /** rig.toml. */
  public static final class AnyRig {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("rig.toml", input);
      Fuzzer.offer(input.length, () -> RigFiles.rig(file).types());
    }
  }

  /** rig.local.toml beside a good rig.toml. */
  public static final class AnyDesk {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("rig.toml", SampleRig.RIG.getBytes(UTF_8));
      FuzzedFile.write("rig.local.toml", input);
      Rig rig = RigFiles.rig(file);
      Fuzzer.offer(input.length, () -> RigFiles.desk(file, rig));
    }
  }

  /** A key, public or private. */
  public static final class AnyKey {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("key.pem", input);
      Fuzzer.offer(input.length, () -> TrustedKey.read(file));
      Fuzzer.offer(input.length, () -> SigningKey.read(file));
    }
  }

  private static void offerFolder(int shards, String name, byte[] input) throws IOException {
    if (!Files.exists(FuzzedFile.FOLDER.resolve("config.json"))) { // the first input
      HuggingFaceWriter.write(TIED, FuzzedFile.FOLDER, ElementType.BF16, shards);
    }
    FuzzedFile.write(name, input);
    Fuzzer.offer(input.length, () -> Checkpoints.read(FuzzedFile.FOLDER));
  }

  private static void use(Tokenizer tokenizer) {
    Tokenizer.Decoder decoder = tokenizer.decoder();
    for (int token = 0; token < tokenizer.vocabulary(); token++) {
      decoder.next(token);
    }
    decoder.end();
    tokenizer.encode("a ü\n");
  }
}
