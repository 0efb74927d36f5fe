package dunlin.host.checkpoint.onnx;

import dunlin.host.model.EncoderConfig.NormPlacement;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of an encoder.
 *
 * @param input what the first one reads
 * @param layers first to last, at least one
 * @param finalNorm where norms are placed before
 */
record EncoderBlocks(
    NormPlacement norm, Traced input, List<EncoderLayer> layers, Optional<Gains> finalNorm) {}
