package dunlin.host.compile;

import dunlin.host.model.Activation;

/**
 * What a tap copies out: which intermediate, and how its bytes are read as numbers.
 *
 * @param number the tap's number in the program
 * @param layer from 0; -1 for what the model has once
 * @param what the intermediate
 * @param form how a row is laid out
 * @param rowBytes bytes of a row
 * @param first first element of the intermediate within a row
 * @param count elements of the intermediate
 * @param headSize elements that share a peak, for {@link Form#HEADS}
 * @param step what one step is worth; for a row with scales of its own, what multiplies them
 */
public record TapPoint(
    int number,
    int layer,
    Activation what,
    Form form,
    int rowBytes,
    int first,
    int count,
    int headSize,
    double step) {

  /** Layouts of a row. */
  public enum Form {
    /** Little-endian int32. */
    INT32(4),
    /** Little-endian int16. */
    INT16(2),
    /** int8. */
    INT8(1),
    /** int8, and the {@link dunlin.kernels.Scale} of each row in the tap that follows. */
    INT8_SCALED(1),
    /** The scales of the tap before. */
    SCALES(4),
    /** int8 heads, then the peak of each head: {@link dunlin.kernels.Attention#query}. */
    HEADS(1);

    private final int bytes;

    Form(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of an element. */
    int bytes() {
      return bytes;
    }
  }
}
