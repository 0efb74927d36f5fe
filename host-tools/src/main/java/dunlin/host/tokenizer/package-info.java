/**
 * Text to tokens and back: llama2.c's {@code tokenizer.bin}, Hugging Face's {@code tokenizer.json},
 * and what GGUF files bring. {@link dunlin.host.tokenizer.Tokenizers} is the way in.
 */
package dunlin.host.tokenizer;
