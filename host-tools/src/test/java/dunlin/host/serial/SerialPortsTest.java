package dunlin.host.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which port is meant. */
class SerialPortsTest {
  private static final SerialPortInfo FIRST = usb("/dev/ttyACM0", 0x0483, 0x374b, "066EFF55");
  private static final SerialPortInfo SECOND = usb("/dev/ttyACM1", 0x0483, 0x374b, "0671FF48");
  private static final SerialPortInfo ADAPTER = usb("/dev/ttyUSB0", 0x10c4, 0xea60, "");
  private static final SerialPortInfo BUILT_IN =
      new SerialPortInfo("/dev/ttyS0", "UART", OptionalInt.empty(), OptionalInt.empty(), "");
  private static final List<SerialPortInfo> PORTS = List.of(FIRST, SECOND, BUILT_IN, ADAPTER);

  private static SerialPortInfo usb(String path, int vendor, int product, String serial) {
    return new SerialPortInfo(path, "USB", OptionalInt.of(vendor), OptionalInt.of(product), serial);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/ttyACM1", "ttyACM1", "0671FF48", "0671ff48", "0483:374B:0671ff48"})
  void shouldFindAPortByPathOrNumbers(String selector) {
    assertEquals(SECOND, SerialPorts.choose(PORTS, selector));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10c4:ea60", "10C4:EA60", "ttyUSB0"})
  void shouldFindAPortWithoutSerialNumber(String selector) {
    assertEquals(ADAPTER, SerialPorts.choose(PORTS, selector));
  }

  @Test
  void shouldRefuseSeveralByName() {
    assertEquals(
        "0483:374b is 2 serial ports: /dev/ttyACM0 (0483:374b:066EFF55), "
            + "/dev/ttyACM1 (0483:374b:0671FF48): choose by VID:PID:SERIAL, or by path",
        refusal(PORTS, "0483:374b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "0483", "ttyACM", "/dev/ttyacm0", "10c4:ea60:"})
  void shouldRefuseWhatIsNone(String selector) {
    assertEquals(
        "no serial port is "
            + selector
            + ": there are /dev/ttyACM0 (0483:374b:066EFF55), /dev/ttyACM1 (0483:374b:0671FF48), "
            + "/dev/ttyS0, /dev/ttyUSB0 (10c4:ea60)",
        refusal(PORTS, selector));
  }

  @Test
  void shouldSayThatNothingIsPluggedIn() {
    assertEquals(
        "no serial port is ttyACM0: plug the board in: there are none",
        refusal(List.of(), "ttyACM0"));
  }

  private static String refusal(List<SerialPortInfo> ports, String selector) {
    return assertThrows(Refusal.class, () -> SerialPorts.choose(ports, selector)).getMessage();
  }
}
