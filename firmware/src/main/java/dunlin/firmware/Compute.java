package dunlin.firmware;

import dunlin.kernels.ArgMax;
import dunlin.kernels.Attention;
import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import dunlin.kernels.Embedding;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.KvCache;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.LinearHelium;
import dunlin.kernels.LinearPlain;
import dunlin.kernels.Noise;
import dunlin.kernels.Requantise;
import dunlin.kernels.Residual;
import dunlin.kernels.RmsNorm;
import dunlin.kernels.Rotary;
import dunlin.kernels.Sums;
import dunlin.kernels.TopK;
import dunlin.kernels.WeightLayout;

/** The ops that compute: each reads its record's fields and calls its kernel. */
final class Compute {
  private final Memory memory;
  private final byte[] image;
  private final Request request;

  /** The record being executed, as an offset in the image. */
  private int op;

  Compute(Memory memory, Request request) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
  }

  /** Executes the record at {@code record}. */
  void execute(int code, int record) {
    op = record;
    switch (code) {
      case Op.Embed.CODE:
        embed();
        break;
      case Op.Angles.CODE:
        angles();
        break;
      case Op.Norm.CODE:
        norm();
        break;
      case Op.Linear.CODE:
        linear();
        break;
      case Op.Rescale.CODE:
        rescale();
        break;
      case Op.Query.CODE:
        query();
        break;
      case Op.Key.CODE:
        key();
        break;
      case Op.Value.CODE:
        value();
        break;
      case Op.Attend.CODE:
        attend();
        break;
      case Op.Gate.CODE:
        gate();
        break;
      case Op.Add.CODE:
        add();
        break;
      case Op.Select.CODE:
        select();
        break;
      case Op.Draw.CODE:
        draw();
        break;
      default: // the image was verified: no other code is there
        break;
    }
  }

  private void embed() {
    int width = field(Op.Embed.WIDTH);
    boolean fetched = field(Op.Embed.TOKENS) == Op.NO_BUFFER;
    int layout = field(Op.Embed.LAYOUT);
    byte[] weights = array(Op.Embed.WEIGHTS);
    int at = offset(Op.Embed.WEIGHTS);
    byte[] multipliers = array(Op.Embed.MULTIPLIERS);
    int m = offset(Op.Embed.MULTIPLIERS);
    byte[] x = array(Op.Embed.OUTPUT);
    int right = field(Op.Embed.RIGHT);
    for (int row = 0; row < request.rows; row++) {
      int to = offset(Op.Embed.OUTPUT) + row * (width << 2);
      if (fetched) {
        int from = at + row * Fetch.fetchedBytes(width);
        Embedding.row(weights, from + 4, WeightLayout.PLAIN, weights, from, right, 0, x, to, width);
      } else {
        int token = Dsp.load32(array(Op.Embed.TOKENS), offset(Op.Embed.TOKENS) + (row << 2));
        Embedding.row(weights, at, layout, multipliers, m, right, token, x, to, width);
      }
    }
  }

  private void angles() {
    Rotary.angles(
        array(Op.Angles.SINE),
        offset(Op.Angles.SINE),
        array(Op.Angles.FREQUENCIES),
        offset(Op.Angles.FREQUENCIES),
        array(Op.Angles.OUTPUT),
        offset(Op.Angles.OUTPUT),
        request.position,
        request.rows,
        field(Op.Angles.HEAD_SIZE));
  }

  private void norm() {
    int rows = rows(Op.Norm.ROWS);
    int block = op + Op.Norm.PARAMETERS;
    int rowBytes = Dsp.load32(image, block + RmsNorm.WIDTH) << 2;
    RmsNorm.rows(
        image,
        block,
        array(Op.Norm.INPUT),
        offset(Op.Norm.INPUT) + (request.rows - rows) * rowBytes,
        array(Op.Norm.OUTPUT),
        offset(Op.Norm.OUTPUT),
        array(Op.Norm.SCALES),
        offset(Op.Norm.SCALES),
        rows);
  }

  private void linear() {
    int rows = rows(Op.Linear.ROWS);
    int inputs = field(Op.Linear.INPUTS);
    boolean narrow = field(Op.Linear.INPUT_BITS) == 8;
    byte[] weights = array(Op.Linear.WEIGHTS);
    byte[] x = array(Op.Linear.INPUT);
    byte[] bias = array(Op.Linear.BIAS);
    byte[] y = array(Op.Linear.OUTPUT);
    int w = offset(Op.Linear.WEIGHTS);
    int xAt = offset(Op.Linear.INPUT);
    int b = offset(Op.Linear.BIAS);
    int yAt = offset(Op.Linear.OUTPUT);
    int outputs = field(Op.Linear.OUTPUTS);
    int layout = field(Op.Linear.LAYOUT);
    int stride = field(Op.Linear.STRIDE);
    if (layout == WeightLayout.PACKED) {
      byte[] scratch = array(Op.Linear.SCRATCH);
      int s = offset(Op.Linear.SCRATCH);
      if (narrow) {
        LinearDsp.expandInt8(x, xAt, stride, scratch, s, rows, inputs);
      } else {
        LinearDsp.expandInt16(x, xAt, stride, scratch, s, rows, inputs);
      }
      LinearDsp.rows(weights, w, scratch, s, bias, b, y, yAt, rows, inputs, outputs);
    } else if (WeightLayout.isHelium(layout)) {
      LinearHelium.sums(weights, w, x, xAt, !narrow, stride, y, yAt, rows, inputs, outputs);
      Sums.addBias(bias, b, y, yAt, rows, outputs);
    } else {
      LinearPlain.rows(weights, w, x, xAt, !narrow, stride, bias, b, y, yAt, rows, inputs, outputs);
    }
  }

  private void rescale() {
    Requantise.rows(
        array(Op.Rescale.DATA),
        offset(Op.Rescale.DATA),
        array(Op.Rescale.MULTIPLIERS),
        offset(Op.Rescale.MULTIPLIERS),
        array(Op.Rescale.BIAS),
        offset(Op.Rescale.BIAS),
        array(Op.Rescale.SCALES),
        offset(Op.Rescale.SCALES),
        rows(Op.Rescale.ROWS),
        field(Op.Rescale.CHANNELS),
        field(Op.Rescale.LEFT),
        field(Op.Rescale.SHIFT));
  }

  private void query() {
    int heads = field(Op.Query.HEADS);
    int headSize = field(Op.Query.HEAD_SIZE);
    byte[] x = array(Op.Query.INPUT);
    int rowBytes = Attention.queryBytes(heads, headSize, 1);
    for (int row = 0; row < request.rows; row++) {
      int at = offset(Op.Query.INPUT) + row * field(Op.Query.STRIDE);
      int to = offset(Op.Query.OUTPUT) + row * rowBytes;
      turn(x, at, Op.Query.ANGLES, row, heads, headSize);
      Attention.query(x, at, array(Op.Query.OUTPUT), to, heads, headSize);
    }
  }

  private void key() {
    int heads = field(Op.Key.KV_HEADS);
    int headSize = field(Op.Key.HEAD_SIZE);
    byte[] x = array(Op.Key.INPUT);
    byte[] cache = array(Op.Key.CACHE);
    int c = offset(Op.Key.CACHE);
    int capacity = field(Op.Key.CAPACITY);
    for (int row = 0; row < request.rows; row++) {
      int at = offset(Op.Key.INPUT) + row * field(Op.Key.STRIDE);
      turn(x, at, Op.Key.ANGLES, row, heads, headSize);
      KvCache.writeKey(cache, c, x, at, request.position + row, heads, headSize, capacity);
    }
  }

  private void turn(byte[] x, int at, int anglesField, int row, int heads, int headSize) {
    int angles = offset(anglesField) + Rotary.angleBytes(headSize, row);
    Rotary.turn(x, at, array(anglesField), angles, heads, headSize);
  }

  private void value() {
    byte[] x = array(Op.Value.INPUT);
    byte[] cache = array(Op.Value.CACHE);
    int c = offset(Op.Value.CACHE);
    int heads = field(Op.Value.KV_HEADS);
    int headSize = field(Op.Value.HEAD_SIZE);
    int capacity = field(Op.Value.CAPACITY);
    for (int row = 0; row < request.rows; row++) {
      int at = offset(Op.Value.INPUT) + row * field(Op.Value.STRIDE);
      KvCache.writeValue(cache, c, x, at, request.position + row, heads, headSize, capacity);
    }
  }

  private void attend() {
    Attention.rows(
        image,
        op + Op.Attend.PARAMETERS,
        array(Op.Attend.QUERIES),
        offset(Op.Attend.QUERIES),
        array(Op.Attend.CACHE),
        offset(Op.Attend.CACHE),
        array(Op.Attend.OUTPUT),
        offset(Op.Attend.OUTPUT),
        array(Op.Attend.SCRATCH),
        offset(Op.Attend.SCRATCH),
        array(Op.Attend.EXPONENTS),
        offset(Op.Attend.EXPONENTS),
        request.position,
        request.rows);
  }

  private void gate() {
    GatedActivation.rows(
        image,
        op + Op.Gate.PARAMETERS,
        array(Op.Gate.INPUT),
        offset(Op.Gate.INPUT),
        array(Op.Gate.OUTPUT),
        offset(Op.Gate.OUTPUT),
        array(Op.Gate.DIFFERENCES),
        offset(Op.Gate.DIFFERENCES),
        request.rows);
  }

  private void add() {
    Residual.add(
        array(Op.Add.INPUT),
        offset(Op.Add.INPUT),
        array(Op.Add.MULTIPLIERS),
        offset(Op.Add.MULTIPLIERS),
        array(Op.Add.BIAS),
        offset(Op.Add.BIAS),
        array(Op.Add.OUTPUT),
        offset(Op.Add.OUTPUT),
        rows(Op.Add.ROWS),
        field(Op.Add.CHANNELS),
        field(Op.Add.STRIDE),
        field(Op.Add.LEFT),
        field(Op.Add.RIGHT));
  }

  /** Scratch: the noise, then the list of the k best. */
  private void select() {
    int count = field(Op.Select.COUNT);
    int first = field(Op.Select.FIRST);
    byte[] logits = array(Op.Select.LOGITS);
    int l = offset(Op.Select.LOGITS) + (rows(Op.Select.ROWS) - 1) * (count << 2);
    byte[] scratch = array(Op.Select.SCRATCH);
    int noise = offset(Op.Select.SCRATCH);
    int list = noise + Noise.scratchBytes();
    if (request.lists()) {
      TopK.select(logits, l, count, first, request.topK, scratch, list);
    } else if (count == 0) {
      Candidate.storeNone(scratch, list);
    } else if (request.temperature == 0) {
      ArgMax.greedy(logits, l, count, first, scratch, list);
    } else {
      begin(scratch, noise);
      byte[] table = array(Op.Select.LOGARITHMS);
      int t = offset(Op.Select.LOGARITHMS);
      ArgMax.sample(logits, l, count, first, scratch, noise, table, t, scratch, list);
    }
  }

  /** The result: the only candidate, or a draw among several. */
  private void draw() {
    byte[] scratch = array(Op.Draw.SCRATCH);
    int noise = offset(Op.Draw.SCRATCH);
    int list = noise + Noise.scratchBytes();
    int result = Dsp.load32(image, ImageHeader.RESULT);
    byte[] best = memory.array(result);
    int b = Memory.offset(result);
    if (request.lists()) {
      begin(scratch, noise);
      byte[] table = array(Op.Draw.LOGARITHMS);
      int t = offset(Op.Draw.LOGARITHMS);
      TopK.sample(scratch, list, request.topK, scratch, noise, table, t, best, b);
    } else {
      int value = Dsp.load32(scratch, list + Candidate.VALUE);
      Candidate.store(best, b, value, Dsp.load32(scratch, list + Candidate.TOKEN));
    }
  }

  private void begin(byte[] scratch, int noise) {
    int drawn = request.position + request.rows;
    Noise.begin(scratch, noise, request.seedLow, request.seedHigh, drawn, request.temperature);
  }

  private int field(int at) {
    return Dsp.load32(image, op + at);
  }

  private byte[] array(int at) {
    return memory.array(field(at));
  }

  private int offset(int at) {
    return Memory.offset(field(at));
  }

  private int rows(int at) {
    int which = field(at);
    return which == Op.ALL ? request.rows : which == Op.LAST ? 1 : request.rows - 1;
  }
}
