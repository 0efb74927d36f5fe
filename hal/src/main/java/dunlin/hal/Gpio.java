package dunlin.hal;

/** Digital pins, numbered as the board file numbers them. */
public interface Gpio {
  /** The level at {@code pin}; true is high. */
  boolean read(int pin);

  /** Drives {@code pin}, which must be an output; outputs are low from reset on. */
  void write(int pin, boolean high);
}
