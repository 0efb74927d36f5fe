package dunlin.boards.stm32;

import dunlin.boards.cortexm.Registers;
import dunlin.hal.Gpio;

/**
 * Pins (RM0090, 8.4; RM0351, 8.5; RM0433, 11.4: the same registers). A pin is port · 16 + bit: PB6
 * is 22.
 */
public final class GpioPorts implements Gpio {
  /** {@link #connect}: the line is high where nobody drives it, as an idle UART's. */
  public static final int PULL_UP = 1;

  /** {@link #connect}: the line is low where nobody drives it. */
  public static final int PULL_DOWN = 2;

  private static final int PORT_BYTES = 0x400;
  private static final int MODE = 0x00;
  private static final int SPEED = 0x08;
  private static final int PULL = 0x0C;
  private static final int INPUT = 0x10;
  private static final int SET_RESET = 0x18;
  private static final int ALTERNATE = 0x20;

  private static final int MODE_INPUT = 0;
  private static final int MODE_OUTPUT = 1;
  private static final int MODE_ALTERNATE = 2;
  private static final int SPEED_HIGH = 2;

  private final Registers registers;
  private final ClockGates gates;
  private final int base;
  private final int enableRegister;

  /**
   * Pins of a chip.
   *
   * @param base address of port A
   * @param enableRegister offset of the RCC's register with a bit for each port's clock
   */
  public GpioPorts(Registers registers, ClockGates gates, int base, int enableRegister) {
    this.registers = registers;
    this.gates = gates;
    this.base = base;
    this.enableRegister = enableRegister;
  }

  /** Gives a pin to a peripheral. */
  public void connect(int pin, int alternateFunction, int pull) {
    int port = enabledPort(pin);
    int bit = pin & 15;
    registers.field(port + ALTERNATE + (bit >> 3 << 2), (bit & 7) << 2, 15, alternateFunction);
    registers.field(port + SPEED, bit << 1, 3, SPEED_HIGH);
    registers.field(port + PULL, bit << 1, 3, pull);
    registers.field(port + MODE, bit << 1, 3, MODE_ALTERNATE);
  }

  /** Makes a pin an output, at this level from the start. */
  public void output(int pin, boolean high) {
    int port = enabledPort(pin);
    write(pin, high);
    registers.field(port + MODE, (pin & 15) << 1, 3, MODE_OUTPUT);
  }

  /** Makes a pin an input. */
  public void input(int pin, int pull) {
    int port = enabledPort(pin);
    registers.field(port + PULL, (pin & 15) << 1, 3, pull);
    registers.field(port + MODE, (pin & 15) << 1, 3, MODE_INPUT);
  }

  @Override
  public boolean read(int pin) {
    return (registers.read(port(pin) + INPUT) >> (pin & 15) & 1) != 0;
  }

  @Override
  public void write(int pin, boolean high) {
    registers.write(port(pin) + SET_RESET, 1 << (pin & 15) + (high ? 0 : 16));
  }

  private int enabledPort(int pin) {
    gates.enable(enableRegister, pin >> 4);
    return port(pin);
  }

  private int port(int pin) {
    return base + (pin >> 4) * PORT_BYTES;
  }
}
