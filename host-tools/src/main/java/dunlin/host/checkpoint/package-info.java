/**
 * Reads checkpoints: llama2.c files, GGUF, ONNX graphs and Hugging Face Llama folders become a
 * {@link dunlin.host.model.FloatModel}. {@link dunlin.host.checkpoint.Checkpoints} is the way in.
 * Keyword Transformers, ONNX graphs, Hugging Face folders of BERT and MobileBERT, and descriptions
 * become an {@link dunlin.host.model.EncoderModel} through {@link dunlin.host.checkpoint.Encoders}.
 *
 * <p>Each format's header is turned into a {@link dunlin.host.checkpoint.Listing} and proven
 * against the sizes of the files before a weight is read or its memory allocated.
 */
package dunlin.host.checkpoint;
