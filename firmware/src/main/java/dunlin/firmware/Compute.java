package dunlin.firmware;

import dunlin.kernels.ArgMax;
import dunlin.kernels.Attention;
import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import dunlin.kernels.Embedding;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.KvCache;
import dunlin.kernels.Linear;
import dunlin.kernels.LinearDsp;
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

  private final Record record;
  private final EncoderOps encoder;

  Compute(Memory memory, Request request) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    record = new Record(memory, request);
    encoder = new EncoderOps(image, record);
  }

  /** Executes the record at {@code op}. */
  void execute(int code, int op) {
    record.begin(op);
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
      case Op.LayerNorm.CODE:
        encoder.layerNorm();
        break;
      case Op.Activate.CODE:
        encoder.activate();
        break;
      case Op.SelfAttend.CODE:
        encoder.selfAttend();
        break;
      case Op.Quantise.CODE:
        encoder.quantise();
        break;
      case Op.Pool.CODE:
        encoder.pool();
        break;
      case Op.NoNorm.CODE:
        encoder.noNorm();
        break;
      default: // the image was verified: no other code is there
        break;
    }
  }

  private void embed() {
    int width = record.field(Op.Embed.WIDTH);
    boolean fetched = record.field(Op.Embed.TOKENS) == Op.NO_BUFFER;
    int layout = fetched ? WeightLayout.PLAIN : record.field(Op.Embed.LAYOUT);
    byte[] weights = record.array(Op.Embed.WEIGHTS);
    int at = record.offset(Op.Embed.WEIGHTS);
    int from = at;
    byte[] multipliers = fetched ? weights : record.array(Op.Embed.MULTIPLIERS);
    int m = record.offset(Op.Embed.MULTIPLIERS);
    byte[] x = record.array(Op.Embed.OUTPUT);
    int right = record.field(Op.Embed.RIGHT);
    boolean onto = record.field(Op.Embed.ONTO) != 0;
    for (int row = 0; row < request.rows; row++) {
      int to = record.offset(Op.Embed.OUTPUT) + row * (width << 2);
      int token = 0;
      if (fetched) {
        m = at + row * Fetch.fetchedBytes(width);
        from = m + 4;
      } else {
        token =
            Dsp.load32(record.array(Op.Embed.TOKENS), record.offset(Op.Embed.TOKENS) + (row << 2));
      }
      if (onto) {
        int multiplier = Dsp.load32(multipliers, m + (token << 2));
        Embedding.add(weights, from, layout, multiplier, right, token, x, to, width);
      } else if (fetched) {
        Embedding.row(weights, from, WeightLayout.PLAIN, weights, m, right, 0, x, to, width);
      } else {
        Embedding.row(weights, from, layout, multipliers, m, right, token, x, to, width);
      }
    }
  }

  private void angles() {
    Rotary.angles(
        record.array(Op.Angles.SINE),
        record.offset(Op.Angles.SINE),
        record.array(Op.Angles.FREQUENCIES),
        record.offset(Op.Angles.FREQUENCIES),
        record.array(Op.Angles.OUTPUT),
        record.offset(Op.Angles.OUTPUT),
        request.position,
        request.rows,
        record.field(Op.Angles.HEAD_SIZE));
  }

  private void norm() {
    int block = record.place(Op.Norm.PARAMETERS);
    int rowBytes = Dsp.load32(image, block + RmsNorm.WIDTH) << 2;
    RmsNorm.rows(
        image,
        block,
        record.array(Op.Norm.INPUT),
        record.offset(Op.Norm.INPUT) + record.skipped(Op.Norm.ROWS) * rowBytes,
        record.array(Op.Norm.OUTPUT),
        record.offset(Op.Norm.OUTPUT),
        record.array(Op.Norm.SCALES),
        record.offset(Op.Norm.SCALES),
        record.rows(Op.Norm.ROWS));
  }

  private void linear() {
    int rows = record.rows(Op.Linear.ROWS);
    int inputs = record.field(Op.Linear.INPUTS);
    boolean narrow = record.field(Op.Linear.INPUT_BITS) == 8;
    byte[] weights = record.array(Op.Linear.WEIGHTS);
    byte[] x = record.array(Op.Linear.INPUT);
    byte[] bias = record.array(Op.Linear.BIAS);
    byte[] y = record.array(Op.Linear.OUTPUT);
    int w = record.offset(Op.Linear.WEIGHTS);
    int xAt = record.offset(Op.Linear.INPUT);
    int b = record.offset(Op.Linear.BIAS);
    int yAt = record.offset(Op.Linear.OUTPUT);
    int outputs = record.field(Op.Linear.OUTPUTS);
    int layout = record.field(Op.Linear.LAYOUT);
    int stride = record.field(Op.Linear.STRIDE);
    boolean packed = layout == WeightLayout.PACKED;
    byte[] scratch = record.array(Op.Linear.SCRATCH);
    int s = record.offset(Op.Linear.SCRATCH);
    if (packed) {
      LinearDsp.expand(!narrow, x, xAt, stride, scratch, s, rows, inputs);
    }
    byte[] from = packed ? scratch : x;
    int at = packed ? s : xAt;
    Linear.sums(layout, weights, w, from, at, !narrow, stride, y, yAt, rows, inputs, outputs);
    Sums.addBias(bias, b, y, yAt, rows, outputs);
  }

  private void rescale() {
    Requantise.rows(
        record.array(Op.Rescale.DATA),
        record.offset(Op.Rescale.DATA),
        record.array(Op.Rescale.MULTIPLIERS),
        record.offset(Op.Rescale.MULTIPLIERS),
        record.array(Op.Rescale.BIAS),
        record.offset(Op.Rescale.BIAS),
        record.array(Op.Rescale.SCALES),
        record.offset(Op.Rescale.SCALES),
        record.rows(Op.Rescale.ROWS),
        record.field(Op.Rescale.CHANNELS),
        record.field(Op.Rescale.LEFT),
        record.field(Op.Rescale.SHIFT));
  }

  private void query() {
    int heads = record.field(Op.Query.HEADS);
    int headSize = record.field(Op.Query.HEAD_SIZE);
    byte[] x = record.array(Op.Query.INPUT);
    int rowBytes = Attention.queryBytes(heads, headSize, 1);
    for (int row = 0; row < request.rows; row++) {
      int at = record.offset(Op.Query.INPUT) + row * record.field(Op.Query.STRIDE);
      int to = record.offset(Op.Query.OUTPUT) + row * rowBytes;
      turn(x, at, Op.Query.ANGLES, row, heads, headSize);
      Attention.query(x, at, record.array(Op.Query.OUTPUT), to, heads, headSize);
    }
  }

  private void key() {
    int heads = record.field(Op.Key.KV_HEADS);
    int headSize = record.field(Op.Key.HEAD_SIZE);
    byte[] x = record.array(Op.Key.INPUT);
    byte[] cache = record.array(Op.Key.CACHE);
    int c = record.offset(Op.Key.CACHE);
    int capacity = record.field(Op.Key.CAPACITY);
    for (int row = 0; row < request.rows; row++) {
      int at = record.offset(Op.Key.INPUT) + row * record.field(Op.Key.STRIDE);
      turn(x, at, Op.Key.ANGLES, row, heads, headSize);
      KvCache.writeKey(cache, c, x, at, request.position + row, heads, headSize, capacity);
    }
  }

  private void turn(byte[] x, int at, int anglesField, int row, int heads, int headSize) {
    int angles = record.offset(anglesField) + Rotary.angleBytes(headSize, row);
    Rotary.turn(x, at, record.array(anglesField), angles, heads, headSize);
  }

  private void value() {
    byte[] x = record.array(Op.Value.INPUT);
    byte[] cache = record.array(Op.Value.CACHE);
    int c = record.offset(Op.Value.CACHE);
    int heads = record.field(Op.Value.KV_HEADS);
    int headSize = record.field(Op.Value.HEAD_SIZE);
    int capacity = record.field(Op.Value.CAPACITY);
    for (int row = 0; row < request.rows; row++) {
      int at = record.offset(Op.Value.INPUT) + row * record.field(Op.Value.STRIDE);
      KvCache.writeValue(cache, c, x, at, request.position + row, heads, headSize, capacity);
    }
  }

  private void attend() {
    Attention.rows(
        image,
        record.place(Op.Attend.PARAMETERS),
        record.array(Op.Attend.QUERIES),
        record.offset(Op.Attend.QUERIES),
        record.array(Op.Attend.CACHE),
        record.offset(Op.Attend.CACHE),
        record.array(Op.Attend.OUTPUT),
        record.offset(Op.Attend.OUTPUT),
        record.array(Op.Attend.SCRATCH),
        record.offset(Op.Attend.SCRATCH),
        record.array(Op.Attend.EXPONENTS),
        record.offset(Op.Attend.EXPONENTS),
        request.position,
        request.rows);
  }

  private void gate() {
    GatedActivation.rows(
        image,
        record.place(Op.Gate.PARAMETERS),
        record.array(Op.Gate.INPUT),
        record.offset(Op.Gate.INPUT),
        record.array(Op.Gate.OUTPUT),
        record.offset(Op.Gate.OUTPUT),
        record.array(Op.Gate.DIFFERENCES),
        record.offset(Op.Gate.DIFFERENCES),
        request.rows);
  }

  private void add() {
    Residual.add(
        record.array(Op.Add.INPUT),
        record.offset(Op.Add.INPUT),
        record.array(Op.Add.MULTIPLIERS),
        record.offset(Op.Add.MULTIPLIERS),
        record.array(Op.Add.BIAS),
        record.offset(Op.Add.BIAS),
        record.array(Op.Add.OUTPUT),
        record.offset(Op.Add.OUTPUT),
        record.rows(Op.Add.ROWS),
        record.field(Op.Add.CHANNELS),
        record.field(Op.Add.STRIDE),
        record.field(Op.Add.LEFT),
        record.field(Op.Add.RIGHT));
  }

  /** Scratch: the noise, then the list of the k best. */
  private void select() {
    int count = record.field(Op.Select.COUNT);
    int first = record.field(Op.Select.FIRST);
    byte[] logits = record.array(Op.Select.LOGITS);
    int l = record.offset(Op.Select.LOGITS) + (record.rows(Op.Select.ROWS) - 1) * (count << 2);
    byte[] scratch = record.array(Op.Select.SCRATCH);
    int noise = record.offset(Op.Select.SCRATCH);
    int list = noise + Noise.scratchBytes();
    if (request.lists()) {
      TopK.select(logits, l, count, first, request.topK, scratch, list);
    } else if (count == 0) {
      Candidate.storeNone(scratch, list);
    } else if (request.temperature == 0) {
      ArgMax.greedy(logits, l, count, first, scratch, list);
    } else {
      begin(scratch, noise);
      byte[] table = record.array(Op.Select.LOGARITHMS);
      int t = record.offset(Op.Select.LOGARITHMS);
      ArgMax.sample(logits, l, count, first, scratch, noise, table, t, scratch, list);
    }
  }

  /** The result: the only candidate, or a draw among several. */
  private void draw() {
    byte[] scratch = record.array(Op.Draw.SCRATCH);
    int noise = record.offset(Op.Draw.SCRATCH);
    int list = noise + Noise.scratchBytes();
    int result = Dsp.load32(image, ImageHeader.RESULT);
    byte[] best = memory.array(result);
    int b = Memory.offset(result);
    if (request.lists()) {
      begin(scratch, noise);
      byte[] table = record.array(Op.Draw.LOGARITHMS);
      int t = record.offset(Op.Draw.LOGARITHMS);
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
}
