package dunlin.firmware;

import dunlin.kernels.Dsp;

/**
 * A request that a test can spoil.
 *
 * @param rows as the frame says, whatever {@code tokens} holds
 */
record TestRequest(int position, int flags, int rows, int temperature, int topK, int... tokens) {
  static TestRequest sample(int position, int... tokens) {
    return new TestRequest(position, Request.SAMPLE, tokens.length, 0, 0, tokens);
  }

  static TestRequest prefill(int position, int... tokens) {
    return new TestRequest(position, 0, tokens.length, 0, 0, tokens);
  }

  TestRequest withFlags(int other) {
    return new TestRequest(position, other, rows, temperature, topK, tokens);
  }

  TestRequest withRows(int other) {
    return new TestRequest(position, flags, other, temperature, topK, tokens);
  }

  TestRequest withSampling(int otherTemperature, int otherTopK) {
    return new TestRequest(position, flags, rows, otherTemperature, otherTopK, tokens);
  }

  byte[] payload() {
    byte[] payload = new byte[Request.TOKENS + 4 * tokens.length];
    Dsp.store16(payload, Request.FLAGS, flags);
    Dsp.store16(payload, Request.ROWS, rows);
    Dsp.store32(payload, Request.TEMPERATURE, temperature);
    Dsp.store32(payload, Request.TOP_K, topK);
    for (int i = 0; i < tokens.length; i++) {
      Dsp.store32(payload, Request.TOKENS + 4 * i, tokens[i]);
    }
    return payload;
  }
}
