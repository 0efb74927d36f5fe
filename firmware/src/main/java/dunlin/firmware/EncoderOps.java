package dunlin.firmware;

import dunlin.kernels.Activation;
import dunlin.kernels.Affine;
import dunlin.kernels.Dsp;
import dunlin.kernels.LayerNorm;
import dunlin.kernels.MeanPooling;
import dunlin.kernels.NoNorm;
import dunlin.kernels.SelfAttention;

/** The ops that only encoders have; {@link Compute} has the others. */
final class EncoderOps {
  private final byte[] image;
  private final Record record;

  EncoderOps(byte[] image, Record record) {
    this.image = image;
    this.record = record;
  }

  void layerNorm() {
    int block = record.place(Op.LayerNorm.PARAMETERS);
    int rowBytes = Dsp.load32(image, block + LayerNorm.WIDTH) << 2;
    int skipped = record.skipped(Op.LayerNorm.ROWS) * rowBytes;
    LayerNorm.rows(
        image,
        block,
        record.array(Op.LayerNorm.INPUT),
        record.offset(Op.LayerNorm.INPUT) + skipped,
        record.array(Op.LayerNorm.OUTPUT),
        record.offset(Op.LayerNorm.OUTPUT),
        record.array(Op.LayerNorm.RESIDUAL),
        record.offset(Op.LayerNorm.RESIDUAL) + skipped,
        record.rows(Op.LayerNorm.ROWS));
  }

  void quantise() {
    Affine.rows(
        record.array(Op.Quantise.TABLE),
        record.offset(Op.Quantise.TABLE),
        record.array(Op.Quantise.INPUT),
        record.offset(Op.Quantise.INPUT),
        record.array(Op.Quantise.OUTPUT),
        record.offset(Op.Quantise.OUTPUT),
        record.rows(Op.Quantise.ROWS),
        record.field(Op.Quantise.WIDTH),
        record.field(Op.Quantise.RIGHT));
  }

  void noNorm() {
    NoNorm.rows(
        record.array(Op.NoNorm.TABLE),
        record.offset(Op.NoNorm.TABLE),
        record.array(Op.NoNorm.STREAM),
        record.offset(Op.NoNorm.STREAM),
        record.rows(Op.NoNorm.ROWS),
        record.field(Op.NoNorm.WIDTH),
        record.field(Op.NoNorm.SHIFT));
  }

  void activate() {
    Activation.rows(
        image,
        record.place(Op.Activate.PARAMETERS),
        record.array(Op.Activate.INPUT),
        record.offset(Op.Activate.INPUT),
        record.array(Op.Activate.OUTPUT),
        record.offset(Op.Activate.OUTPUT),
        record.array(Op.Activate.DIFFERENCES),
        record.offset(Op.Activate.DIFFERENCES),
        record.rows(Op.Activate.ROWS));
  }

  void selfAttend() {
    SelfAttention.rows(
        image,
        record.place(Op.SelfAttend.PARAMETERS),
        record.array(Op.SelfAttend.INPUT),
        record.offset(Op.SelfAttend.INPUT),
        record.array(Op.SelfAttend.OUTPUT),
        record.offset(Op.SelfAttend.OUTPUT),
        record.array(Op.SelfAttend.SCRATCH),
        record.offset(Op.SelfAttend.SCRATCH),
        record.rows(Op.SelfAttend.ROWS));
  }

  void pool() {
    MeanPooling.pool(
        image,
        record.place(Op.Pool.PARAMETERS),
        record.array(Op.Pool.INPUT),
        record.offset(Op.Pool.INPUT),
        record.array(Op.Pool.OUTPUT),
        record.offset(Op.Pool.OUTPUT),
        record.array(Op.Pool.MEAN),
        record.offset(Op.Pool.MEAN),
        record.rows(Op.Pool.ROWS));
  }
}
