package dunlin.host.pi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import dunlin.boards.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootPinsTest {
  private static final int BOOT0 = 23;
  private static final int RESET = 24;

  private final Context context = MockPi.start();
  private final List<String> edges = new ArrayList<>();

  @Test
  void shouldHoldBoot0HighWhileTheBoardComesOutOfReset() {
    try (BootPins pins = pins()) {
      pins.bootloader();
    }
    assertEquals(List.of("out23 HIGH", "out24 LOW", "out24 HIGH", "out23 LOW"), edges);
  }

  @Test
  void shouldHoldBoot0LowForWhatIsInFlash() {
    try (BootPins pins = pins()) {
      pins.application();
    }
    assertEquals(List.of("out24 LOW", "out24 HIGH"), edges);
  }

  @Test
  void shouldRefuseLinesThatNobodyNamed() {
    Refusal refusal =
        assertThrows(Refusal.class, () -> BootPins.open(new PiPins(0, 8, 25, null, 24)));
    assertTrue(refusal.getMessage().startsWith("BOOT0 or NRST is on no line"));
  }

  private BootPins pins() {
    BootPins pins = new BootPins(context, BOOT0, RESET);
    for (int line : new int[] {BOOT0, RESET}) {
      DigitalOutput output = context.registry().get("out" + line);
      output.addListener(event -> edges.add(output.id() + " " + event.state()));
    }
    return pins;
  }
}
