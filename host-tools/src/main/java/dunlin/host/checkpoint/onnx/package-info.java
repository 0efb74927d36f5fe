/**
 * Reads ONNX graphs. {@link dunlin.host.checkpoint.onnx.OnnxFile} reads the file, {@link
 * dunlin.host.checkpoint.onnx.Evaluation} runs the graph as far as it is known before it has an
 * input, and {@link dunlin.host.checkpoint.onnx.OnnxLlama} and {@link
 * dunlin.host.checkpoint.onnx.EncoderFinder} find the parts of a model in what is left.
 *
 * <p>Exporters spell one and the same model in many ways; the spellings differ in how elements are
 * moved and in what is computed of shapes, positions and masks. So a graph is evaluated for one
 * input of a few tokens: shapes become numbers, masks and rotary angles become tables, and every
 * way to move elements becomes a list of which element goes where ({@link
 * dunlin.host.checkpoint.onnx.Traced}). What is left are sums, products and the like of whole
 * tensors ({@link dunlin.host.checkpoint.onnx.Source}), which are compared with a model's.
 */
package dunlin.host.checkpoint.onnx;
