package dunlin.host.pi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.spi.Spi;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import dunlin.boards.Refusal;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiWiresTest {
  private static final PiPins PINS = new PiPins(0, 8, 25, null, null);
  private static final byte[] BYTES = new byte[300];

  private final Context context = MockPi.start();
  private final List<String> transfers = new ArrayList<>();

  @Test
  void shouldDriveSelectLowAndReadReadyHigh() {
    try (PiWires wires = wires(4096, false)) {
      DigitalOutput select = context.registry().get("out8");
      MockDigitalInput ready = context.registry().get("in25");
      assertTrue(select.isHigh(), "nobody is selected yet");
      wires.select(true);
      assertTrue(select.isLow());
      wires.select(false);
      assertTrue(select.isHigh());
      assertFalse(wires.ready());
      ready.mockState(DigitalState.HIGH);
      assertTrue(wires.ready());
    }
  }

  @Test
  void shouldClockNoMoreAtATimeThanTheDriverTakes() {
    try (PiWires wires = wires(128, false)) {
      wires.exchange(BYTES, BYTES, 4, 272);
      wires.exchange(BYTES, BYTES, 0, 4);
    }
    assertEquals(List.of("128 from 4", "128 from 132", "16 from 260", "4 from 0"), transfers);
  }

  @Test
  void shouldRefuseWhatTheDriverDoesNotTake() {
    try (PiWires wires = wires(128, true)) {
      Refusal refusal = assertThrows(Refusal.class, () -> wires.exchange(BYTES, BYTES, 0, 100));
      assertEquals(
          "SPI bus 0: the driver refuses 100 bytes: see that no other program uses this bus, and that"
              + " spidev takes as many",
          refusal.getMessage());
    }
  }

  @Test
  void shouldTakePi4JsBus() {
    Spi spi = PiContext.spi(context, 0, 1_000_000);
    spi.write(new byte[] {9, 8, 7}); // what the mock brings back
    byte[] in = new byte[3];
    try (PiWires wires = new PiWires(context, PINS, spi, 2)) {
      wires.exchange(new byte[] {1, 2, 3}, in, 0, 3);
    }
    assertArrayEquals(new byte[] {9, 8, 7}, in);
    assertEquals(1_000_000, spi.config().baud());
  }

  @Test
  void shouldSayWhatItTakesWhereThereIsNoRaspberryPi() {
    Refusal refusal = assertThrows(Refusal.class, () -> PiWires.open(PINS, 1_000_000).close());
    assertTrue(refusal.getMessage().endsWith("with SPI turned on in raspi-config"));
  }

  /** Over a driver that keeps what it is given. */
  private PiWires wires(int most, boolean refuses) {
    Spi spi =
        (Spi)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Spi.class},
                (proxy, method, arguments) -> {
                  transfers.add(arguments[4] + " from " + arguments[1]);
                  return refuses ? -1 : arguments[4];
                });
    return new PiWires(context, PINS, spi, most);
  }
}
