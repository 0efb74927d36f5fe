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
 * 20 tokens, int32 [rows]
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

  /** The highest temperature: 256. */
  public static final int MAX_TEMPERATURE = 256 << 16;

  int flags;
  int rows;
  int position;
  int temperature;
  int topK;
  int seedLow;
  int seedHigh;

  Request() {}

  /** Takes the request over from a frame; the tokens stay where they are. */
  void read(byte[] frame) {
    int at = Frame.PAYLOAD;
    position = Dsp.loadU16(frame, Frame.POSITION);
    flags = Dsp.loadU16(frame, at + FLAGS);
    rows = Dsp.loadU16(frame, at + ROWS);
    temperature = Dsp.load32(frame, at + TEMPERATURE);
    topK = Dsp.load32(frame, at + TOP_K);
    seedLow = Dsp.load32(frame, at + SEED);
    seedHigh = Dsp.load32(frame, at + SEED + 4);
  }

  /** Whether any of the bits in {@code flag} is set. */
  boolean wants(int flag) {
    return (flags & flag) != 0;
  }
}
