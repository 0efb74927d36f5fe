package dunlin.host.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
  private static final String CONVERT =
      ": convert it to 16 kHz mono 16 bit: sox in.wav -r 16000 -c 1 -b 16 out.wav";
  private static final String LENGTH = ": the model takes 640 samples, 0.04 s; pad or cut it";
  private static final int HEADER = 44;

  @TempDir Path folder;

  /** Two windows of 480 samples, 160 apart. */
  private static final int FRAMES = 2;

  @Test
  void shouldReadEverySample() throws IOException {
    byte[] bytes = new byte[2 * 640];
    bytes[0] = (byte) 0xff;
    bytes[1] = 0x7f;
    bytes[1279] = (byte) 0x80;
    short[] samples =
        WavFile.read(wav(pcm(16_000, 16, 1), AudioFileFormat.Type.WAVE, bytes), FRAMES);
    short[] expected = new short[640];
    expected[0] = Short.MAX_VALUE;
    expected[639] = Short.MIN_VALUE;
    assertArrayEquals(expected, samples);
  }

  @Test
  void shouldTakeWhatIsLessThanAWindowMore() throws IOException {
    Path file = wav(pcm(16_000, 16, 1), AudioFileFormat.Type.WAVE, new byte[2 * 799]);
    assertEquals(799, WavFile.read(file, FRAMES).length);
  }

  @Test
  void shouldRefuseAClipTooShort() throws IOException {
    refuse(
        wav(pcm(16_000, 16, 1), AudioFileFormat.Type.WAVE, new byte[2 * 639]),
        ": too short: 639 samples, 0.04 s" + LENGTH);
  }

  @Test
  void shouldRefuseAClipTooLong() throws IOException {
    refuse(
        wav(pcm(16_000, 16, 1), AudioFileFormat.Type.WAVE, new byte[2 * 800]),
        ": too long: 800 samples, 0.05 s" + LENGTH);
  }

  @Test
  void shouldRefuseAnotherRate() throws IOException {
    refuse(
        wav(pcm(44_100, 16, 1), AudioFileFormat.Type.WAVE, new byte[1280]),
        ": 44100 samples a second, not 16000" + CONVERT);
  }

  @Test
  void shouldRefuseStereo() throws IOException {
    refuse(
        wav(pcm(16_000, 16, 2), AudioFileFormat.Type.WAVE, new byte[1280]),
        ": 2 channels, not 1" + CONVERT);
  }

  @Test
  void shouldRefuseEightBits() throws IOException {
    AudioFormat form = new AudioFormat(16_000, 8, 1, false, false);
    refuse(
        wav(form, AudioFileFormat.Type.WAVE, new byte[1280]),
        ": 8-bit samples, not 16-bit" + CONVERT);
  }

  @Test
  void shouldRefuseLogarithmicSamples() throws IOException {
    AudioFormat form = new AudioFormat(Encoding.ULAW, 16_000, 8, 1, 1, 16_000, false);
    refuse(
        wav(form, AudioFileFormat.Type.WAVE, new byte[1280]),
        ": 8-bit samples, not 16-bit" + CONVERT);
  }

  @Test
  void shouldRefuseAnotherKindOfSoundFile() throws IOException {
    AudioFormat form = new AudioFormat(16_000, 16, 1, true, true);
    refuse(wav(form, AudioFileFormat.Type.AIFF, new byte[1280]), ": is not a WAV file" + CONVERT);
  }

  @Test
  void shouldRefuseAClipThatIsCutShort() throws IOException {
    byte[] whole =
        Files.readAllBytes(wav(pcm(16_000, 16, 1), AudioFileFormat.Type.WAVE, new byte[1280]));
    assertEquals(HEADER + 1280, whole.length);
    Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, HEADER + 1001));
    refuse(cut, ": cut short: 500 of 640 samples are there: record or copy it again");
  }

  @Test
  void shouldRefuseAnyHeaderThatIsCutShort() throws IOException {
    byte[] whole =
        Files.readAllBytes(wav(pcm(16_000, 16, 1), AudioFileFormat.Type.WAVE, new byte[1280]));
    for (int length = 0; length < HEADER; length++) {
      Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, length));
      refuse(cut, ": is not a WAV file" + CONVERT);
    }
  }

  private void refuse(Path file, String message) {
    Refusal refusal = assertThrows(Refusal.class, () -> WavFile.read(file, FRAMES));
    assertEquals(file + message, refusal.getMessage());
  }

  private static AudioFormat pcm(float rate, int bits, int channels) {
    return new AudioFormat(rate, bits, channels, true, false);
  }

  private Path wav(AudioFormat form, AudioFileFormat.Type type, byte[] samples) throws IOException {
    Path file = folder.resolve("clip.wav");
    long frames = samples.length / form.getFrameSize();
    AudioInputStream audio = new AudioInputStream(new ByteArrayInputStream(samples), form, frames);
    AudioSystem.write(audio, type, file.toFile());
    return file;
  }
}
