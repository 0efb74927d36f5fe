package dunlin.host.features;

import dunlin.boards.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Clips that {@link Mfcc} takes: WAV files of one channel of 16-bit samples at 16 kHz. */
final class WavFile {
  private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
  private static final int SAMPLE_BITS = 16;
  private static final int SAMPLE_BYTES = SAMPLE_BITS / Byte.SIZE;
  private static final String REMEDY =
      "convert it to 16 kHz mono 16 bit: sox in.wav -r 16000 -c 1 -b 16 out.wav";

  private final Path file;

  private WavFile(Path file) {
    this.file = file;
  }

  /**
   * The clip's samples.
   *
   * @param frames of {@link Mfcc} that they must make
   * @throws Refusal if the file is none, is damaged, or is of another form or length
   */
  static short[] read(Path file, int frames) throws IOException {
    return new WavFile(file).samples(frames);
  }

  private short[] samples(int frames) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      requireRiff(in);
      AudioInputStream audio = AudioSystem.getAudioInputStream(in);
      checkForm(audio.getFormat());
      checkLength(audio.getFrameLength(), frames);
      byte[] bytes = audio.readNBytes(Math.toIntExact(SAMPLE_BYTES * audio.getFrameLength()));
      if (bytes.length < SAMPLE_BYTES * audio.getFrameLength()) {
        throw new Refusal(
            "%s: cut short: %d of %d samples are there"
                .formatted(file, bytes.length / SAMPLE_BYTES, audio.getFrameLength()),
            "record or copy it again");
      }
      short[] samples = new short[bytes.length / SAMPLE_BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
      return samples;
    } catch (UnsupportedAudioFileException e) {
      throw noWav(e);
    }
  }

  /** Java's sound library reads other formats too, and would play a score to sample it. */
  private void requireRiff(InputStream in) throws IOException {
    in.mark(RIFF.length);
    if (!Arrays.equals(in.readNBytes(RIFF.length), RIFF)) {
      throw noWav(null);
    }
    in.reset();
  }

  private void checkForm(AudioFormat form) {
    require(
        form.getSampleRate() == Mfcc.SAMPLE_RATE,
        "%.0f samples a second, not %d".formatted(form.getSampleRate(), Mfcc.SAMPLE_RATE));
    require(form.getChannels() == 1, form.getChannels() + " channels, not 1");
    require(
        form.getSampleSizeInBits() == SAMPLE_BITS,
        form.getSampleSizeInBits() + "-bit samples, not " + SAMPLE_BITS + "-bit");
    require(
        form.getEncoding().equals(Encoding.PCM_SIGNED),
        "samples in " + form.getEncoding() + ", not PCM");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Refusal(file + ": " + otherwise, REMEDY);
    }
  }

  private void checkLength(long samples, int frames) {
    long least = Mfcc.samples(frames);
    boolean tooShort = samples < least;
    if (tooShort || samples >= Mfcc.samples(frames + 1L)) {
      throw new Refusal(
          "%s: too %s: %s".formatted(file, tooShort ? "short" : "long", length(samples)),
          "the model takes " + length(least) + "; pad or cut it");
    }
  }

  private static String length(long samples) {
    double seconds = (double) samples / Mfcc.SAMPLE_RATE;
    return String.format(Locale.ROOT, "%,d samples, %.2f s", samples, seconds);
  }

  private Refusal noWav(Exception cause) {
    return new Refusal(file + ": is not a WAV file", REMEDY, cause);
  }
}
