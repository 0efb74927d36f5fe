package dunlin.host.serial;

import java.util.OptionalInt;

/**
 * A serial port of this computer.
 *
 * @param path as the system names it: {@code /dev/ttyACM0}, {@code COM3}
 * @param description for people
 * @param vendor USB vendor number; empty where it is not a USB device
 * @param product USB product number; empty where it is not a USB device
 * @param serialNumber of the USB device; empty text where it has none
 */
public record SerialPortInfo(
    String path, String description, OptionalInt vendor, OptionalInt product, String serialNumber) {

  /** {@code 0483:374b}; empty text where it is not a USB device. */
  public String usbId() {
    return vendor.isPresent() && product.isPresent()
        ? "%04x:%04x".formatted(vendor.getAsInt(), product.getAsInt())
        : "";
  }

  /** The path without its folder: {@code ttyACM0}. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** {@code /dev/ttyACM0 (0483:374b:066EFF…)}: enough to choose it by. */
  @Override
  public String toString() {
    String identity = serialNumber.isEmpty() ? usbId() : usbId() + ":" + serialNumber;
    return identity.isEmpty() ? path : path + " (" + identity + ")";
  }
}
