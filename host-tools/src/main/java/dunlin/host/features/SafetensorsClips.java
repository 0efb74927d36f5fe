package dunlin.host.features;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.checkpoint.SafetensorsFile;
import dunlin.host.checkpoint.StoredTensor;
import dunlin.host.checkpoint.TensorReader;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Clips in a safetensors file: each tensor of frames × channels, or of one batch of them, that has
 * the model's channels. Others, logits beside their inputs for example, are not read.
 */
final class SafetensorsClips {
  private static final int SHOWN = 4;

  private SafetensorsClips() {}

  static List<Features> read(Path file, EncoderConfig config) throws IOException {
    List<StoredTensor> all = List.copyOf(SafetensorsFile.list(file).values());
    List<StoredTensor> clips =
        all.stream().filter(tensor -> isClip(tensor, config.channels())).toList();
    if (clips.isEmpty()) {
      throw refusal(file, "none of its tensors is a clip: " + shown(all), config);
    }
    TensorReader reader = new TensorReader();
    List<Features> features = new ArrayList<>();
    for (StoredTensor clip : clips) {
      if (frames(clip) != config.frames()) {
        throw refusal(file, shown(List.of(clip)), config);
      }
      float[] values = reader.read(clip, config.frames(), config.channels()).values();
      String name = ModelJson.oneLine(clip.name());
      features.add(new Features(name, config.frames(), config.channels(), values));
    }
    return features;
  }

  private static boolean isClip(StoredTensor tensor, int channels) {
    List<Integer> shape = tensor.shape();
    int rank = shape.size();
    return (rank == 2 || rank == 3 && shape.get(0) == 1) && shape.get(rank - 1) == channels;
  }

  private static int frames(StoredTensor clip) {
    return clip.shape().get(clip.shape().size() - 2);
  }

  private static Refusal refusal(Path file, String what, EncoderConfig config) {
    return new Refusal(
        file + ": " + what,
        "the model takes frames × channels = %d × %d"
            .formatted(config.frames(), config.channels()));
  }

  private static String shown(List<StoredTensor> tensors) {
    String first =
        tensors.stream()
            .limit(SHOWN)
            .map(SafetensorsClips::shown)
            .collect(Collectors.joining(", "));
    return tensors.size() > SHOWN ? first + ", …" : first;
  }

  private static String shown(StoredTensor tensor) {
    String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" × "));
    return ModelJson.oneLine(tensor.name()) + " (" + ModelJson.oneLine(shape) + ")";
  }
}
