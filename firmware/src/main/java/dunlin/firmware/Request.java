package dunlin.firmware;

import dunlin.kernels.Dsp;

/**
 * One pass: run the program over these tokens, the first of which stands at the frame's position.
 *
 * <pre>
 *  0 flags, uint16       2 rows, uint16
 *  4 temperature, Q16; 0 is greedy
 *  8 top-k; 0 is the whole vocabulary
 * 12 seed, 8 bytes
 * 20 tokens, int32 [rows]; none where the model takes an {@link Input}
 * </pre>
 */
public final class Request {
  /** Flags. */
  public static final int FLAGS = 0;

  /** Rows. */
  public static final int ROWS = 2;

  /** Temperature. */
  public static final int TEMPERATURE = 4;

  /** Top-k. */
  public static final int TOP_K = 8;

  /** Seed. */
  public static final int SEED = 12;

  /** Tokens. */
  public static final int TOKENS = 20;

  /** The most tokens that one frame carries. */
  public static final int MAX_ROWS = (Frame.MAX_PAYLOAD - TOKENS) / 4;

  /** Flag: pick the next token; without it the pass only fills the caches. */
  public static final int SAMPLE = 1;

  /** Flag, with SAMPLE: send the logits too. */
  public static final int SEND_LOGITS = 2;

  /** The largest top-k that any image has room for. */
  public static final int MAX_TOP_K = 128;

  /** The highest temperature: 256. */
  public static final int MAX_TEMPERATURE = 256 << 16;

  int flags;
  int rows;
  int position;
  int temperature;
  int topK;
  int seedLow;
  int seedHigh;
  private int detail;

  Request() {}

  /**
   * Takes a request over from a frame, if the image can do what it asks for.
   *
   * @param input what has come of the pass's input
   * @param filled the first position that no pass has filled yet
   * @return a {@link Fault} code; its detail is {@link #detail}
   */
  int take(byte[] frame, Memory memory, Input input, int filled) {
    byte[] image = memory.image();
    boolean tokens = ImageHeader.requestsHaveTokens(image);
    int length = Dsp.loadU16(frame, Frame.LENGTH);
    detail = length < TOKENS ? 0 : Dsp.loadU16(frame, Frame.PAYLOAD + ROWS);
    if (detail < 1
        || detail > Dsp.load32(image, ImageHeader.MAX_ROWS)
        || length != TOKENS + (tokens ? detail << 2 : 0)) {
      return Fault.ROWS;
    }
    if (!input.complete()) {
      detail = input.here();
      return Fault.INPUT;
    }
    read(frame);
    detail = filled;
    if (position > filled || position + rows > Dsp.load32(image, ImageHeader.CONTEXT)) {
      return Fault.POSITION;
    }
    detail = temperature;
    if (temperature < 0 || temperature > MAX_TEMPERATURE) {
      return Fault.SAMPLING;
    }
    detail = topK;
    if (topK < 0 || topK > Dsp.loadU16(image, ImageHeader.MAX_TOP_K)) {
      return Fault.SAMPLING;
    }
    if (input.isText()) {
      return check(input, image);
    }
    return tokens ? takeTokens(frame, memory) : Fault.NONE;
  }

  private int takeTokens(byte[] frame, Memory memory) {
    int vocabulary = Dsp.load32(memory.image(), ImageHeader.VOCABULARY);
    int tokens = Dsp.load32(memory.image(), ImageHeader.TOKENS);
    for (int i = 0; i < rows; i++) {
      detail = Dsp.load32(frame, Frame.PAYLOAD + TOKENS + (i << 2));
      if (detail < 0 || detail >= vocabulary) {
        return Fault.TOKEN;
      }
      Dsp.store32(memory.array(tokens), Memory.offset(tokens) + (i << 2), detail);
    }
    return Fault.NONE;
  }

  /** Whether the embedding has a row for each token, and for its type. */
  private int check(Input text, byte[] image) {
    int vocabulary = Dsp.load32(image, ImageHeader.VOCABULARY);
    int types = Dsp.load32(image, ImageHeader.TYPES);
    for (int row = 0; row < rows; row++) {
      detail = text.token(row);
      if (detail < 0 || detail >= vocabulary) {
        return Fault.TOKEN;
      }
      detail = text.type(row);
      if (detail < 0 || detail >= types) {
        return Fault.TYPE;
      }
    }
    return Fault.NONE;
  }

  /** The detail of the fault that {@link #take} found. */
  int detail() {
    return detail;
  }

  private void read(byte[] frame) {
    int at = Frame.PAYLOAD;
    position = Dsp.loadU16(frame, Frame.POSITION);
    flags = Dsp.loadU16(frame, at + FLAGS);
    rows = Dsp.loadU16(frame, at + ROWS);
    temperature = Dsp.load32(frame, at + TEMPERATURE);
    topK = Dsp.load32(frame, at + TOP_K);
    seedLow = Dsp.load32(frame, at + SEED);
    seedHigh = Dsp.load32(frame, at + SEED + 4);
  }

  /** Whether nodes report lists of the k best, to be drawn among at the root. */
  boolean lists() {
    return temperature != 0 && topK != 0;
  }

  /** Candidates that a node reports. */
  int candidates() {
    return lists() ? topK : 1;
  }

  /** Whether any of the bits in {@code flag} is set. */
  boolean wants(int flag) {
    return (flags & flag) != 0;
  }
}
