package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.kernels.Activation;
import dunlin.kernels.Attention;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.LayerNorm;
import dunlin.kernels.MeanPooling;
import dunlin.kernels.RmsNorm;
import dunlin.kernels.SelfAttention;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ops as the host knows them: the firmware's records ({@link Op}) with names for people. */
enum OpFormat {
  EMBED(
      Op.Embed.CODE,
      Op.Embed.BYTES,
      buffer("tokens", Op.Embed.TOKENS),
      buffer("weights", Op.Embed.WEIGHTS),
      buffer("multipliers", Op.Embed.MULTIPLIERS),
      buffer("output", Op.Embed.OUTPUT),
      number("width", Op.Embed.WIDTH),
      choice("layout", Op.Embed.LAYOUT, "plain", "packed", "helium"),
      number("right", Op.Embed.RIGHT),
      choice("onto", Op.Embed.ONTO, "no", "yes")),
  ANGLES(
      Op.Angles.CODE,
      Op.Angles.BYTES,
      buffer("sine", Op.Angles.SINE),
      buffer("frequencies", Op.Angles.FREQUENCIES),
      buffer("output", Op.Angles.OUTPUT),
      number("headSize", Op.Angles.HEAD_SIZE)),
  NORM(
      Op.Norm.CODE,
      Op.Norm.BYTES,
      buffer("input", Op.Norm.INPUT),
      buffer("output", Op.Norm.OUTPUT),
      buffer("scales", Op.Norm.SCALES),
      rows(Op.Norm.ROWS),
      number("width", Op.Norm.PARAMETERS + RmsNorm.WIDTH),
      buffer("gain", Op.Norm.PARAMETERS + RmsNorm.GAIN),
      scale("inverseWidth", Op.Norm.PARAMETERS + RmsNorm.INVERSE_WIDTH),
      scale("epsilon", Op.Norm.PARAMETERS + RmsNorm.EPSILON),
      scale("unit", Op.Norm.PARAMETERS + RmsNorm.UNIT)),
  LINEAR(
      Op.Linear.CODE,
      Op.Linear.BYTES,
      buffer("input", Op.Linear.INPUT),
      buffer("weights", Op.Linear.WEIGHTS),
      buffer("bias", Op.Linear.BIAS),
      buffer("output", Op.Linear.OUTPUT),
      buffer("scratch", Op.Linear.SCRATCH),
      rows(Op.Linear.ROWS),
      number("inputs", Op.Linear.INPUTS),
      number("outputs", Op.Linear.OUTPUTS),
      number("inputBits", Op.Linear.INPUT_BITS),
      choice("layout", Op.Linear.LAYOUT, "plain", "packed", "helium"),
      number("stride", Op.Linear.STRIDE)),
  RESCALE(
      Op.Rescale.CODE,
      Op.Rescale.BYTES,
      buffer("data", Op.Rescale.DATA),
      buffer("multipliers", Op.Rescale.MULTIPLIERS),
      buffer("bias", Op.Rescale.BIAS),
      buffer("scales", Op.Rescale.SCALES),
      rows(Op.Rescale.ROWS),
      number("channels", Op.Rescale.CHANNELS),
      number("left", Op.Rescale.LEFT),
      number("shift", Op.Rescale.SHIFT)),
  QUERY(
      Op.Query.CODE,
      Op.Query.BYTES,
      buffer("input", Op.Query.INPUT),
      buffer("angles", Op.Query.ANGLES),
      buffer("output", Op.Query.OUTPUT),
      number("heads", Op.Query.HEADS),
      number("headSize", Op.Query.HEAD_SIZE),
      number("stride", Op.Query.STRIDE)),
  KEY(
      Op.Key.CODE,
      Op.Key.BYTES,
      buffer("input", Op.Key.INPUT),
      buffer("angles", Op.Key.ANGLES),
      buffer("cache", Op.Key.CACHE),
      number("kvHeads", Op.Key.KV_HEADS),
      number("headSize", Op.Key.HEAD_SIZE),
      number("capacity", Op.Key.CAPACITY),
      number("stride", Op.Key.STRIDE)),
  VALUE(
      Op.Value.CODE,
      Op.Value.BYTES,
      buffer("input", Op.Value.INPUT),
      buffer("cache", Op.Value.CACHE),
      number("kvHeads", Op.Value.KV_HEADS),
      number("headSize", Op.Value.HEAD_SIZE),
      number("capacity", Op.Value.CAPACITY),
      number("stride", Op.Value.STRIDE)),
  ATTEND(
      Op.Attend.CODE,
      Op.Attend.BYTES,
      buffer("queries", Op.Attend.QUERIES),
      buffer("cache", Op.Attend.CACHE),
      buffer("output", Op.Attend.OUTPUT),
      buffer("scratch", Op.Attend.SCRATCH),
      buffer("exponents", Op.Attend.EXPONENTS),
      number("heads", Op.Attend.PARAMETERS + Attention.HEADS),
      number("kvHeads", Op.Attend.PARAMETERS + Attention.KV_HEADS),
      number("headSize", Op.Attend.PARAMETERS + Attention.HEAD_SIZE),
      number("capacity", Op.Attend.PARAMETERS + Attention.CAPACITY),
      scale("scoreUnit", Op.Attend.PARAMETERS + Attention.SCORE_UNIT),
      scale("contextUnit", Op.Attend.PARAMETERS + Attention.CONTEXT_UNIT),
      number("outputBits", Op.Attend.PARAMETERS + Attention.OUTPUT_BITS)),
  GATE(
      Op.Gate.CODE,
      Op.Gate.BYTES,
      buffer("input", Op.Gate.INPUT),
      buffer("output", Op.Gate.OUTPUT),
      buffer("differences", Op.Gate.DIFFERENCES),
      number("width", Op.Gate.PARAMETERS + GatedActivation.WIDTH),
      number("fraction", Op.Gate.PARAMETERS + GatedActivation.FRACTION_BITS),
      number("multiplier", Op.Gate.PARAMETERS + GatedActivation.MULTIPLIER),
      number("shift", Op.Gate.PARAMETERS + GatedActivation.SHIFT),
      number("outputBits", Op.Gate.PARAMETERS + GatedActivation.OUTPUT_BITS),
      number("left", Op.Gate.PARAMETERS + GatedActivation.LEFT)),
  ADD(
      Op.Add.CODE,
      Op.Add.BYTES,
      buffer("input", Op.Add.INPUT),
      buffer("multipliers", Op.Add.MULTIPLIERS),
      buffer("bias", Op.Add.BIAS),
      buffer("output", Op.Add.OUTPUT),
      number("channels", Op.Add.CHANNELS),
      number("left", Op.Add.LEFT),
      number("right", Op.Add.RIGHT),
      number("stride", Op.Add.STRIDE),
      rows(Op.Add.ROWS)),
  END_PREFILL(Op.EndPrefill.CODE, Op.EndPrefill.BYTES),
  SELECT(
      Op.Select.CODE,
      Op.Select.BYTES,
      buffer("logits", Op.Select.LOGITS),
      buffer("scratch", Op.Select.SCRATCH),
      buffer("logarithms", Op.Select.LOGARITHMS),
      rows(Op.Select.ROWS),
      number("first", Op.Select.FIRST),
      number("count", Op.Select.COUNT)),
  SEND_LOGITS(
      Op.SendLogits.CODE,
      Op.SendLogits.BYTES,
      buffer("input", Op.SendLogits.INPUT),
      rows(Op.SendLogits.ROWS),
      number("first", Op.SendLogits.FIRST),
      number("count", Op.SendLogits.COUNT),
      number("vocabulary", Op.SendLogits.VOCABULARY),
      ports("from", Op.SendLogits.FROM),
      buffer("routes", Op.SendLogits.ROUTES)),
  BROADCAST(
      Op.Broadcast.CODE,
      Op.Broadcast.BYTES,
      number("id", Op.Broadcast.ID),
      buffer("buffer", Op.Broadcast.BUFFER),
      buffer("scales", Op.Broadcast.SCALES),
      rows(Op.Broadcast.ROWS),
      number("rowBytes", Op.Broadcast.ROW_BYTES),
      number("from", Op.Broadcast.FROM),
      ports("to", Op.Broadcast.TO)),
  REDUCE(
      Op.Reduce.CODE,
      Op.Reduce.BYTES,
      number("id", Op.Reduce.ID),
      buffer("buffer", Op.Reduce.BUFFER),
      number("channels", Op.Reduce.CHANNELS),
      number("elementBytes", Op.Reduce.ELEMENT_BYTES),
      ports("from", Op.Reduce.FROM),
      number("to", Op.Reduce.TO)),
  MERGE(
      Op.Merge.CODE,
      Op.Merge.BYTES,
      number("id", Op.Merge.ID),
      buffer("scratch", Op.Merge.SCRATCH),
      ports("from", Op.Merge.FROM),
      number("to", Op.Merge.TO)),
  DRAW(
      Op.Draw.CODE,
      Op.Draw.BYTES,
      buffer("scratch", Op.Draw.SCRATCH),
      buffer("logarithms", Op.Draw.LOGARITHMS)),
  FETCH(
      Op.Fetch.CODE,
      Op.Fetch.BYTES,
      number("id", Op.Fetch.ID),
      buffer("buffer", Op.Fetch.BUFFER),
      buffer("weights", Op.Fetch.WEIGHTS),
      buffer("multipliers", Op.Fetch.MULTIPLIERS),
      number("width", Op.Fetch.WIDTH),
      choice("layout", Op.Fetch.LAYOUT, "plain", "packed", "helium"),
      number("first", Op.Fetch.FIRST),
      number("count", Op.Fetch.COUNT),
      ports("from", Op.Fetch.FROM),
      number("to", Op.Fetch.TO),
      buffer("routes", Op.Fetch.ROUTES)),
  TAP(
      Op.Tap.CODE,
      Op.Tap.BYTES,
      buffer("input", Op.Tap.INPUT),
      rows(Op.Tap.ROWS),
      number("rowBytes", Op.Tap.ROW_BYTES),
      number("number", Op.Tap.NUMBER)),
  LAYER_NORM(
      Op.LayerNorm.CODE,
      Op.LayerNorm.BYTES,
      buffer("input", Op.LayerNorm.INPUT),
      buffer("output", Op.LayerNorm.OUTPUT),
      buffer("residual", Op.LayerNorm.RESIDUAL),
      rows(Op.LayerNorm.ROWS),
      number("width", Op.LayerNorm.PARAMETERS + LayerNorm.WIDTH),
      scale("inverseWidth", Op.LayerNorm.PARAMETERS + LayerNorm.INVERSE_WIDTH),
      scale("epsilon", Op.LayerNorm.PARAMETERS + LayerNorm.EPSILON),
      buffer("outputTable", Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE),
      number("outputRight", Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT),
      buffer("residualTable", Op.LayerNorm.PARAMETERS + LayerNorm.RESIDUAL_TABLE),
      number("residualRight", Op.LayerNorm.PARAMETERS + LayerNorm.RESIDUAL_RIGHT)),
  ACTIVATE(
      Op.Activate.CODE,
      Op.Activate.BYTES,
      buffer("input", Op.Activate.INPUT),
      buffer("output", Op.Activate.OUTPUT),
      buffer("differences", Op.Activate.DIFFERENCES),
      rows(Op.Activate.ROWS),
      number("width", Op.Activate.PARAMETERS + Activation.WIDTH),
      buffer("table", Op.Activate.PARAMETERS + Activation.TABLE),
      number("left", Op.Activate.PARAMETERS + Activation.LEFT),
      number("right", Op.Activate.PARAMETERS + Activation.RIGHT),
      number("fraction", Op.Activate.PARAMETERS + Activation.FRACTION_BITS),
      number("multiplier", Op.Activate.PARAMETERS + Activation.MULTIPLIER),
      number("shift", Op.Activate.PARAMETERS + Activation.SHIFT),
      number("outputBits", Op.Activate.PARAMETERS + Activation.OUTPUT_BITS),
      choice("form", Op.Activate.PARAMETERS + Activation.FORM, "rectified", "odd")),
  SELF_ATTEND(
      Op.SelfAttend.CODE,
      Op.SelfAttend.BYTES,
      buffer("input", Op.SelfAttend.INPUT),
      buffer("output", Op.SelfAttend.OUTPUT),
      buffer("scratch", Op.SelfAttend.SCRATCH),
      rows(Op.SelfAttend.ROWS),
      number("heads", Op.SelfAttend.PARAMETERS + SelfAttention.HEADS),
      number("width", Op.SelfAttend.PARAMETERS + SelfAttention.WIDTH),
      number("queryWidth", Op.SelfAttend.PARAMETERS + SelfAttention.QUERY_WIDTH),
      number("headSize", Op.SelfAttend.PARAMETERS + SelfAttention.HEAD_SIZE),
      number("headsAtOnce", Op.SelfAttend.PARAMETERS + SelfAttention.HEADS_AT_ONCE),
      number("rowsAtOnce", Op.SelfAttend.PARAMETERS + SelfAttention.ROWS_AT_ONCE),
      choice(
          "layout", Op.SelfAttend.PARAMETERS + SelfAttention.LAYOUT, "plain", "packed", "helium"),
      buffer("queryWeights", Op.SelfAttend.PARAMETERS + SelfAttention.QUERY_WEIGHTS),
      buffer("keyWeights", Op.SelfAttend.PARAMETERS + SelfAttention.KEY_WEIGHTS),
      buffer("valueWeights", Op.SelfAttend.PARAMETERS + SelfAttention.VALUE_WEIGHTS),
      buffer("outputWeights", Op.SelfAttend.PARAMETERS + SelfAttention.OUTPUT_WEIGHTS),
      buffer("queryTable", Op.SelfAttend.PARAMETERS + SelfAttention.QUERY_TABLE),
      number("queryRight", Op.SelfAttend.PARAMETERS + SelfAttention.QUERY_RIGHT),
      buffer("keyTable", Op.SelfAttend.PARAMETERS + SelfAttention.KEY_TABLE),
      number("keyRight", Op.SelfAttend.PARAMETERS + SelfAttention.KEY_RIGHT),
      buffer("valueTable", Op.SelfAttend.PARAMETERS + SelfAttention.VALUE_TABLE),
      number("valueRight", Op.SelfAttend.PARAMETERS + SelfAttention.VALUE_RIGHT),
      buffer("headUnits", Op.SelfAttend.PARAMETERS + SelfAttention.HEAD_UNITS),
      buffer("exponents", Op.SelfAttend.PARAMETERS + SelfAttention.EXPONENTS),
      number("outputWidth", Op.SelfAttend.PARAMETERS + SelfAttention.OUTPUT_WIDTH),
      choice("onto", Op.SelfAttend.PARAMETERS + SelfAttention.ONTO, "no", "yes")),
  POOL(
      Op.Pool.CODE,
      Op.Pool.BYTES,
      buffer("input", Op.Pool.INPUT),
      buffer("output", Op.Pool.OUTPUT),
      buffer("mean", Op.Pool.MEAN),
      rows(Op.Pool.ROWS),
      number("width", Op.Pool.PARAMETERS + MeanPooling.WIDTH),
      scale("inverseRows", Op.Pool.PARAMETERS + MeanPooling.INVERSE_ROWS),
      buffer("outputTable", Op.Pool.PARAMETERS + MeanPooling.OUTPUT_TABLE),
      number("outputRight", Op.Pool.PARAMETERS + MeanPooling.OUTPUT_RIGHT)),
  QUANTISE(
      Op.Quantise.CODE,
      Op.Quantise.BYTES,
      buffer("input", Op.Quantise.INPUT),
      buffer("output", Op.Quantise.OUTPUT),
      buffer("table", Op.Quantise.TABLE),
      number("width", Op.Quantise.WIDTH),
      number("right", Op.Quantise.RIGHT),
      rows(Op.Quantise.ROWS)),
  NO_NORM(
      Op.NoNorm.CODE,
      Op.NoNorm.BYTES,
      buffer("stream", Op.NoNorm.STREAM),
      buffer("table", Op.NoNorm.TABLE),
      number("width", Op.NoNorm.WIDTH),
      number("shift", Op.NoNorm.SHIFT),
      rows(Op.NoNorm.ROWS));

  /** How a field's word is meant. */
  enum Kind {
    BUFFER,
    NUMBER,
    SCALE,
    CHOICE,
    /** A choice of rows, a tile of them, or, as a negative number, so many. */
    ROWS
  }

  /**
   * A field of a record.
   *
   * @param offset in the record
   * @param choices names of the values 0, 1, … of a choice, of rows too
   */
  record Field(String name, int offset, Kind kind, List<String> choices) {}

  private final int code;
  private final int bytes;
  private final List<Field> fields;

  OpFormat(int code, int bytes, Field... fields) {
    this.code = code;
    this.bytes = bytes;
    this.fields = List.of(fields);
  }

  /** The op with this code. */
  static Optional<OpFormat> of(int code) {
    return Arrays.stream(values()).filter(format -> format.code == code).findFirst();
  }

  /** The record's first word. */
  int head() {
    return code | bytes << 8;
  }

  /** Size of the record. */
  int bytes() {
    return bytes;
  }

  List<Field> fields() {
    return fields;
  }

  private static Field buffer(String name, int offset) {
    return new Field(name, offset, Kind.BUFFER, List.of());
  }

  private static Field number(String name, int offset) {
    return new Field(name, offset, Kind.NUMBER, List.of());
  }

  /** Which rows of a pass. */
  private static Field rows(int offset) {
    return new Field("rows", offset, Kind.ROWS, List.of("all", "last", "all-but-last"));
  }

  /** A bit for each port. */
  private static Field ports(String name, int offset) {
    return new Field(name, offset, Kind.NUMBER, List.of());
  }

  private static Field scale(String name, int offset) {
    return new Field(name, offset, Kind.SCALE, List.of());
  }

  private static Field choice(String name, int offset, String... choices) {
    return new Field(name, offset, Kind.CHOICE, List.of(choices));
  }
}
