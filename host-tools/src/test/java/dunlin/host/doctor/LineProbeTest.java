package dunlin.host.doctor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.host.run.Greeting;
import dunlin.host.serial.ScriptedLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a port is knocked at. */
class LineProbeTest {
  @Test
  void shouldKnockAsAProgrammerFirst() {
    ScriptedLine line = new ScriptedLine(new byte[] {0x79}, new byte[] {0x79, 1, 0x31, 0, 0x79});
    Observation seen = LineProbe.observe(line, 921_600);
    assertEquals(List.of("115200 8E1: 1 bytes", "115200 8E1: 2 bytes"), line.questions());
    assertArrayEquals(new byte[] {0x79}, seen.toSync());
    assertEquals(0, seen.toHello().size(), "a bootloader would not understand a HELLO");
  }

  @Test
  void shouldTryOtherRatesWhereNobodyAnswers() {
    ScriptedLine line = new ScriptedLine();
    LineProbe.observe(line, 921_600);
    assertEquals("115200 8E1: 1 bytes", line.questions().get(0));
    assertEquals(helloAt(921_600), line.questions().get(1));
    assertEquals(helloAt(3_000_000), line.questions().get(2));
    assertEquals(8, line.questions().size(), "each rate once");
  }

  private static String helloAt(int baud) {
    return baud + " 8N1: " + new Greeting().bytes().length + " bytes";
  }
}
