package dunlin.host.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dunlin.boards.Refusal;
import dunlin.host.TemporaryFolder;
import dunlin.host.answer.SquadFile;
import dunlin.host.checkpoint.Bert;
import dunlin.host.checkpoint.EncoderDescriptionFuzz;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.HuggingFaceWriter;
import dunlin.host.checkpoint.KwtWriter;
import dunlin.host.features.FeatureFiles;
import dunlin.host.features.LabelledTexts;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.RandomEncoder;
import dunlin.host.tokenizer.WordPiecesFuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each parser of encoders, and of what they classify, takes any bytes, or refuses them. */
@Tag("slow")
class EncoderFuzzTest {
  private static final EncoderModel TINY =
      RandomEncoder.of("tiny", KwtWriter.config(2, 1, 1, 1, 1), 1);

  /** One window of sound, or 1 × 40 of any features. */
  private static final EncoderConfig ONE_FRAME = KwtWriter.config(1, 40, 1, 1, 1);

  /** Of a window. */
  private static final int SAMPLES = 480;

  @Test
  void shouldTakeOrRefuseAnyKeywordTransformer() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      Path file = KwtWriter.write(TINY, folder.path());
      Fuzzer.run(Kwt.class, List.of(Files.readAllBytes(file)));
    }
  }

  @Test
  void shouldTakeOrRefuseAnyLabels() throws Exception {
    Fuzzer.run(AnyLabels.class, List.of("_silence_\nyes\nno\n".getBytes(US_ASCII)));
  }

  @Test
  void shouldTakeOrRefuseAnyDescription() throws Exception {
    Fuzzer.run(EncoderDescriptionFuzz.class, List.of(EncoderDescriptionFuzz.good()));
  }

  @Test
  void shouldTakeOrRefuseAnyClips() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      HuggingFaceWriter.Tensor clip =
          new HuggingFaceWriter.Tensor("F32", List.of(1, 40), new byte[160]);
      Path file =
          HuggingFaceWriter.safetensors(
              folder.path().resolve("clips.safetensors"), Map.of("a", clip, "b", clip));
      Fuzzer.run(Clips.class, List.of(Files.readAllBytes(file)));
    }
  }

  @Test
  void shouldTakeOrRefuseAnyTable() throws Exception {
    Fuzzer.run(Csv.class, List.of(("-1.5e-3" + ",\"0\"".repeat(39) + "\n").getBytes(US_ASCII)));
  }

  @Test
  void shouldTakeOrRefuseAnySound() throws Exception {
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    AudioFormat form = new AudioFormat(16_000, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(new byte[2 * SAMPLES]), form, SAMPLES),
        AudioFileFormat.Type.WAVE,
        sound);
    Fuzzer.run(Wav.class, List.of(sound.toByteArray()));
  }

  @Test
  void shouldTakeOrRefuseAnyConfigOfBert() throws Exception {
    Fuzzer.run(
        BertConfig.class,
        List.of(
            Files.readAllBytes(Bert.MOBILE.folder().resolve("config.json")),
            Files.readAllBytes(Bert.PLAIN.folder().resolve("config.json"))));
  }

  @Test
  void shouldTakeOrRefuseAnyVocabulary() throws Exception {
    Path vocabulary = Bert.MOBILE.folder().resolve("vocab.txt");
    Fuzzer.run(WordPiecesFuzz.class, List.of(Files.readAllBytes(vocabulary)));
  }

  @Test
  void shouldTakeOrRefuseAnyQuestions() throws Exception {
    String squad =
        """
        {"data": [{"paragraphs": [{"context": "a b", "qas": [
          {"id": "1", "question": "c?", "answers": [{"text": "a"}], "is_impossible": false}]}]}]}
        """;
    Fuzzer.run(Squad.class, List.of(squad.getBytes(US_ASCII)));
  }

  @Test
  void shouldTakeOrRefuseAnyLabelledTexts() throws Exception {
    Fuzzer.run(
        Texts.class,
        List.of(
            "a\tone text\nb\tanother".getBytes(US_ASCII),
            "a,\"one, text\"".getBytes(US_ASCII),
            "{\"label\": \"a\", \"text\": \"one\"}".getBytes(US_ASCII)));
  }

  /** config.json beside good weights. */
  public static final class BertConfig {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path weights = FuzzedFile.FOLDER.resolve("model.safetensors");
      if (!Files.exists(weights)) { // the first input
        Files.copy(Bert.MOBILE.folder().resolve("model.safetensors"), weights);
      }
      Path folder = FuzzedFile.write("config.json", input).getParent();
      int bytes = (int) Files.size(weights) + input.length;
      Fuzzer.offer(bytes, () -> Encoders.recognises(folder));
      if (recognised(folder)) {
        Fuzzer.offer(bytes, () -> Encoders.read(folder));
      }
    }

    private static boolean recognised(Path folder) {
      try {
        return Encoders.recognises(folder);
      } catch (Refusal refusal) {
        return false;
      }
    }
  }

  /** squad.json. */
  public static final class Squad {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.write("squad.json", input);
      Fuzzer.offer(input.length, () -> SquadFile.read(file));
    }
  }

  /** Rows with tabs, with commas, and objects. */
  public static final class Texts {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      for (String name : List.of("texts.tsv", "texts.csv", "texts.jsonl")) {
        Path file = FuzzedFile.write(name, input);
        Fuzzer.offer(input.length, () -> LabelledTexts.read(file, List.of("a", "b")));
      }
    }
  }

  /** kwt.safetensors beside good labels. */
  public static final class Kwt {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Files.write(FuzzedFile.FOLDER.resolve("labels.txt"), TINY.config().labels());
      Path file = FuzzedFile.write("kwt.safetensors", input);
      Fuzzer.offer(input.length, () -> Encoders.read(file));
    }
  }

  /** labels.txt beside a good kwt.safetensors. */
  public static final class AnyLabels {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = FuzzedFile.FOLDER.resolve("kwt.safetensors");
      if (!Files.exists(file)) { // the first input
        KwtWriter.write(TINY, FuzzedFile.FOLDER);
      }
      FuzzedFile.write("labels.txt", input);
      Fuzzer.offer((int) Files.size(file) + input.length, () -> Encoders.read(file));
    }
  }

  /** clips.safetensors. */
  public static final class Clips {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      offer("clips.safetensors", input);
    }
  }

  /** clip.csv. */
  public static final class Csv {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      offer("clip.csv", input);
    }
  }

  /** clip.wav. */
  public static final class Wav {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      offer("clip.wav", input);
    }
  }

  private static void offer(String name, byte[] input) throws IOException {
    Path file = FuzzedFile.write(name, input);
    Fuzzer.offer(input.length, () -> FeatureFiles.read(file, ONE_FRAME));
  }
}
