package dunlin.host.quantise;

import dunlin.host.model.TransformerShape;

/**
 * A model in integers: everything that affects a bit of any result, and nothing else. What one
 * field means is said by the kernel that reads it ({@code dunlin.kernels}).
 */
public sealed interface QuantisedModel permits QuantisedDecoder, QuantisedEncoder {
  /** Fraction bits of a logit, in natural-log units. */
  int LOGIT_FRACTION = 16;

  /** For people; not part of the hash. */
  String name();

  /** What its time is told for: "token" or "input". */
  String unit();

  /** The shape. */
  TransformerShape config();

  /** Bytes of int8 weights. */
  long weightBytes();

  /** The first 8 bytes of the SHA-256 of all fields but names. */
  long hash();

  /**
   * int8 weights, row-major.
   *
   * @param name for people and listings
   * @param values rows × columns, -127 to 127
   */
  record Matrix8(String name, int rows, int columns, byte[] values) {}

  /**
   * A linear layer whose results keep fixed point: {@link dunlin.kernels.Requantise#rows}.
   *
   * @param fractions fraction bits of the results, for each of the tensors that are joined in
   *     {@code matrix}: query, key and value; gate and up; or one for all
   * @param headroom bits by which any result can be shifted left and stay below 2^30
   */
  record Projection(
      Matrix8 matrix, int[] multipliers, int left, int shift, int[] fractions, int headroom) {}

  /** A linear layer whose results are added to the residual stream: the sharded ones. */
  record Sum(Matrix8 matrix, int[] multipliers, int left, int right) {}
}
