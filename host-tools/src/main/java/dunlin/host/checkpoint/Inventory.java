package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.LlamaConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a checkpoint that names them, held against what its description asks for.
 *
 * @param checkpoint named in refusals
 * @param description what says the shape: a file, or a part of one
 * @param stored by the checkpoint's names; not changed
 */
record Inventory(Path checkpoint, String description, Map<String, StoredTensor> stored) {
  /** How a checkpoint calls a weight. */
  interface Naming {
    String name(Weight weight, int layer);
  }

  /**
   * The weights of a Llama by Llama's own names, in model order.
   *
   * @throws Refusal if one is missing, has another shape, or has no place in a Llama
   */
  Map<String, StoredTensor> llama(LlamaConfig config, boolean tied, Naming naming) {
    Map<String, StoredTensor> left = new LinkedHashMap<>(stored);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Weight weight : Weight.values()) {
      if (weight == Weight.HEAD && tied) {
        continue;
      }
      List<Integer> shape =
          weight.isVector()
              ? List.of(weight.columns(config))
              : List.of(weight.rows(config), weight.columns(config));
      for (int layer = 0; layer < weight.count(config); layer++) {
        tensors.put(weight.llamaName(layer), take(left, naming.name(weight, layer), shape));
      }
    }
    if (!left.isEmpty()) {
      throw new Refusal(
          "%s: tensor %s has no place in a Llama"
              .formatted(checkpoint, ModelJson.oneLine(left.keySet().iterator().next())),
          "check that it is the model that " + description + " describes");
    }
    return tensors;
  }

  private StoredTensor take(Map<String, StoredTensor> left, String name, List<Integer> shape) {
    StoredTensor tensor = left.remove(name);
    if (tensor == null || !tensor.shape().equals(shape)) {
      String found =
          tensor == null
              ? "is missing"
              : "has shape " + ModelJson.oneLine(tensor.shape().toString());
      throw new Refusal(
          "%s: tensor %s %s, %s asks for %s".formatted(checkpoint, name, found, description, shape),
          description + " and weights must be of one model; download them again");
    }
    return tensor;
  }
}
