package dunlin.host.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes through the operating system, over pseudo-terminals. */
class SystemSerialLineTest {
  private static final LineSettings SETTINGS = LineSettings.of8N1(115_200);

  @TempDir private Path folder;

  @Test
  void shouldCarryBytesBothWays() throws Exception {
    try (PseudoTerminals terminals = PseudoTerminals.join(folder);
        SerialLine here = SerialPorts.open(terminals.first(), SETTINGS);
        SerialLine there = SerialPorts.open(terminals.second(), SETTINGS)) {
      byte[] all = new byte[1000];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      here.write(all, 0, all.length);
      assertArrayEquals(all, read(there, all.length));
      there.write(all, 17, 3);
      assertArrayEquals(Arrays.copyOfRange(all, 17, 20), read(here, 3));
    }
  }

  @Test
  void shouldWaitNoLongerThanItWasTold() throws Exception {
    try (PseudoTerminals terminals = PseudoTerminals.join(folder);
        SerialLine line = SerialPorts.open(terminals.first(), SETTINGS)) {
      long start = line.nanoseconds();
      assertEquals(0, line.read(new byte[1], 0, 1, 250));
      long millis = (line.nanoseconds() - start) / 1_000_000;
      assertTrue(millis >= 250 && millis < 2000, millis + " ms");
    }
  }

  @Test
  void shouldForgetWhatWasNotRead() throws Exception {
    try (PseudoTerminals terminals = PseudoTerminals.join(folder);
        SerialLine here = SerialPorts.open(terminals.first(), SETTINGS);
        SerialLine there = SerialPorts.open(terminals.second(), SETTINGS)) {
      here.write("old".getBytes(StandardCharsets.US_ASCII), 0, 3);
      read(there, 1);
      there.discardInput();
      here.write("new".getBytes(StandardCharsets.US_ASCII), 0, 3);
      assertEquals("new", new String(read(there, 3), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void shouldSayThatTheCableIsOut() throws Exception {
    try (PseudoTerminals terminals = PseudoTerminals.join(folder);
        SerialLine line = SerialPorts.open(terminals.first(), SETTINGS)) {
      terminals.unplug();
      String message =
          assertThrows(Refusal.class, () -> line.read(new byte[1], 0, 1, 1000)).getMessage();
      assertEquals(
          terminals.first() + ": the line is gone: plug the cable in, and start again", message);
    }
  }

  @Test
  void shouldRefuseAPathWhereThereIsNothing() {
    String path = folder.resolve("nothing").toString();
    String message =
        assertThrows(Refusal.class, () -> SerialPorts.open(path, SETTINGS)).getMessage();
    assertTrue(message.startsWith("no serial port is " + path + ": "), message);
  }

  private static byte[] read(SerialLine line, int count) {
    byte[] bytes = new byte[count];
    int read = 0;
    while (read < count) {
      int more = line.read(bytes, read, count - read, 5000);
      assertTrue(more > 0, "only " + read + " of " + count + " bytes came");
      read += more;
    }
    return bytes;
  }
}
