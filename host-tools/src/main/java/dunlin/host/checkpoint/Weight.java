package dunlin.host.checkpoint;

import dunlin.host.model.LlamaConfig;

/** The weights of a Llama decoder: their names in both worlds, and their shapes. */
enum Weight {
  EMBEDDING("tok_embeddings", "model.embed_tokens"),
  ATTENTION_NORM("layers.%d.attention_norm", "model.layers.%d.input_layernorm"),
  QUERY("layers.%d.attention.wq", "model.layers.%d.self_attn.q_proj"),
  KEY("layers.%d.attention.wk", "model.layers.%d.self_attn.k_proj"),
  VALUE("layers.%d.attention.wv", "model.layers.%d.self_attn.v_proj"),
  OUTPUT("layers.%d.attention.wo", "model.layers.%d.self_attn.o_proj"),
  FEED_FORWARD_NORM("layers.%d.ffn_norm", "model.layers.%d.post_attention_layernorm"),
  GATE("layers.%d.feed_forward.w1", "model.layers.%d.mlp.gate_proj"),
  DOWN("layers.%d.feed_forward.w2", "model.layers.%d.mlp.down_proj"),
  UP("layers.%d.feed_forward.w3", "model.layers.%d.mlp.up_proj"),
  FINAL_NORM("norm", "model.norm"),
  HEAD("output", "lm_head");

  private final String llama;
  private final String huggingFace;

  Weight(String llama, String huggingFace) {
    this.llama = llama + ".weight";
    this.huggingFace = huggingFace + ".weight";
  }

  /** The name Meta's own code gives it; llama2.c's files name nothing. */
  String llamaName(int layer) {
    return llama.replace("%d", Integer.toString(layer));
  }

  String huggingFaceName(int layer) {
    return huggingFace.replace("%d", Integer.toString(layer));
  }

  /** How often it occurs: once, or once a layer. */
  int count(LlamaConfig config) {
    return llama.contains("%d") ? config.layers() : 1;
  }

  /** Whether it is stored with one extent: an RMSNorm gain. */
  boolean isVector() {
    return this == ATTENTION_NORM || this == FEED_FORWARD_NORM || this == FINAL_NORM;
  }

  int rows(LlamaConfig config) {
    return switch (this) {
      case EMBEDDING, HEAD -> config.vocabulary();
      case ATTENTION_NORM, FEED_FORWARD_NORM, FINAL_NORM -> 1;
      case QUERY -> config.heads() * config.headSize();
      case KEY, VALUE -> config.kvHeads() * config.headSize();
      case GATE, UP -> config.hidden();
      case OUTPUT, DOWN -> config.dim();
    };
  }

  int columns(LlamaConfig config) {
    return switch (this) {
      case OUTPUT -> config.heads() * config.headSize();
      case DOWN -> config.hidden();
      default -> config.dim();
    };
  }

  /** rows × columns. */
  long elements(LlamaConfig config) {
    return (long) rows(config) * columns(config);
  }
}
