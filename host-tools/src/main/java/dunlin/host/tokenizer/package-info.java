/**
 * Text to tokens and back: llama2.c's {@code tokenizer.bin} and Hugging Face's {@code
 * tokenizer.json}. {@link dunlin.host.tokenizer.Tokenizers} is the way in.
 */
package dunlin.host.tokenizer;
