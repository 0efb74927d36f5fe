package dunlin.host.checkpoint;

import dunlin.host.model.LlamaConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a checkpoint holds, without its weights. Every tensor lies within its file and has the shape
 * that the config asks for.
 *
 * @param name of the model, for people
 * @param format for people, for example {@code "llama2.c v0"}
 * @param config the shape
 * @param tied whether the embedding serves as the head
 * @param halves whether rotary embedding turns (i, i + P/2) rather than neighbouring pairs
 * @param tensors by Llama's own name ({@code layers.0.attention.wq.weight}), in file order for
 *     llama2.c and in model order for Hugging Face
 */
public record Listing(
    String name,
    String format,
    LlamaConfig config,
    boolean tied,
    boolean halves,
    Map<String, StoredTensor> tensors) {
  public Listing {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  StoredTensor tensor(Weight weight, int layer) {
    return tensors.get(weight.llamaName(layer));
  }

  /** Bytes that the tensors take. */
  long bytes() {
    return tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
  }

  /** Numbers stored. */
  public long parameters() {
    return tensors.values().stream().mapToLong(StoredTensor::elements).sum();
  }
}
