package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.onnx.OnnxModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Hugging Face folder: {@code config.json} and {@code model.safetensors}, or the shards that
 * {@code model.safetensors.index.json} names.
 */
final class HuggingFaceFolder {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  private static final String FREQUENCIES = ".rotary_emb.inv_freq"; // old exports; follows theta

  private HuggingFaceFolder() {}

  /** Whether there is a config.json, and not just beside an ONNX file: exporters lay one there. */
  static boolean recognises(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(CONFIG))) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return Files.exists(folder.resolve(WEIGHTS))
          || Files.exists(folder.resolve(INDEX))
          || files.noneMatch(OnnxModels::recognises);
    }
  }

  static Listing list(Path folder) throws IOException {
    HuggingFaceConfig config = HuggingFaceConfig.read(folder.resolve(CONFIG));
    Map<String, StoredTensor> stored = stored(folder);
    stored.keySet().removeIf(name -> name.endsWith(FREQUENCIES));
    if (config.tied()) {
      stored.remove(Weight.HEAD.huggingFaceName(0)); // transformers overwrites it, too
    }
    Map<String, StoredTensor> tensors =
        new Inventory(folder, CONFIG, stored)
            .llama(config.config(), config.tied(), Weight::huggingFaceName);
    return new Listing(
        Checkpoints.nameOf(folder),
        "Hugging Face safetensors",
        config.config(),
        config.tied(),
        true,
        tensors);
  }

  /** Every tensor of the folder, by name. */
  static Map<String, StoredTensor> stored(Path folder) throws IOException {
    Path single = folder.resolve(WEIGHTS);
    Path index = folder.resolve(INDEX);
    if (Files.exists(single)) {
      return SafetensorsFile.list(single);
    }
    if (Files.exists(index)) {
      return sharded(folder, index);
    }
    throw new Refusal(
        folder + ": has neither " + WEIGHTS + " nor " + INDEX,
        "save the model with save_pretrained(…, safe_serialization=True)");
  }

  private static Map<String, StoredTensor> sharded(Path folder, Path index) throws IOException {
    Map<String, Map<String, StoredTensor>> shards = new HashMap<>();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        ModelJson.read(index).path("weight_map").properties()) {
      String shard = entry.getValue().asText();
      if (!shard.matches("[\\w.-]+\\.safetensors")) { // a name, not a way out of the folder
        throw new Refusal(
            index + ": " + ModelJson.shown(entry.getValue()) + " is not a file of its folder",
            "download the folder again");
      }
      if (!shards.containsKey(shard)) {
        shards.put(shard, SafetensorsFile.list(folder.resolve(shard)));
      }
      StoredTensor tensor = shards.get(shard).get(entry.getKey());
      if (tensor == null) {
        throw new Refusal(
            index + ": tensor " + ModelJson.oneLine(entry.getKey()) + " is not in " + shard,
            "download the folder again");
      }
      tensors.put(entry.getKey(), tensor);
    }
    return tensors;
  }
}
