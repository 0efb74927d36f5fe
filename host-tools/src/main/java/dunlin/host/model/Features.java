package dunlin.host.model;

/**
 * What an encoder classifies: frames of features, row-major. Element (t, c) is {@code values[t *
 * channels + c]}.
 *
 * @param name of the clip, for people
 * @param frames T
 * @param channels C
 * @param values T × C finite numbers, not copied
 */
public record Features(String name, int frames, int channels, float[] values)
    implements EncoderInput {
  public Features {
    if (values.length != (long) frames * channels) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for " + frames + " × " + channels);
    }
  }
}
