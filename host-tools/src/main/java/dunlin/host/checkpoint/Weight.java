package dunlin.host.checkpoint;

import dunlin.host.model.LlamaConfig;

/** The weights of a Llama decoder: their names in three worlds, and their shapes. */
enum Weight {
  EMBEDDING("tok_embeddings", "model.embed_tokens", "token_embd"),
  ATTENTION_NORM("layers.%d.attention_norm", "model.layers.%d.input_layernorm", "blk.%d.attn_norm"),
  QUERY("layers.%d.attention.wq", "model.layers.%d.self_attn.q_proj", "blk.%d.attn_q"),
  KEY("layers.%d.attention.wk", "model.layers.%d.self_attn.k_proj", "blk.%d.attn_k"),
  VALUE("layers.%d.attention.wv", "model.layers.%d.self_attn.v_proj", "blk.%d.attn_v"),
  OUTPUT("layers.%d.attention.wo", "model.layers.%d.self_attn.o_proj", "blk.%d.attn_output"),
  FEED_FORWARD_NORM(
      "layers.%d.ffn_norm", "model.layers.%d.post_attention_layernorm", "blk.%d.ffn_norm"),
  GATE("layers.%d.feed_forward.w1", "model.layers.%d.mlp.gate_proj", "blk.%d.ffn_gate"),
  DOWN("layers.%d.feed_forward.w2", "model.layers.%d.mlp.down_proj", "blk.%d.ffn_down"),
  UP("layers.%d.feed_forward.w3", "model.layers.%d.mlp.up_proj", "blk.%d.ffn_up"),
  FINAL_NORM("norm", "model.norm", "output_norm"),
  HEAD("output", "lm_head", "output");

  private final String llama;
  private final String huggingFace;
  private final String gguf;

  Weight(String llama, String huggingFace, String gguf) {
    this.llama = llama + ".weight";
    this.huggingFace = huggingFace + ".weight";
    this.gguf = gguf + ".weight";
  }

  /** The name Meta's own code gives it; llama2.c's files name nothing. */
  String llamaName(int layer) {
    return llama.replace("%d", Integer.toString(layer));
  }

  String huggingFaceName(int layer) {
    return huggingFace.replace("%d", Integer.toString(layer));
  }

  /** The name that llama.cpp gives it. */
  String ggufName(int layer) {
    return gguf.replace("%d", Integer.toString(layer));
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
