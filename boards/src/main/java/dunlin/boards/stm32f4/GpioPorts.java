package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Processor;
import dunlin.hal.Gpio;

/** Pins (RM0090, 8.4). A pin is port · 16 + bit: PB6 is 22. */
final class GpioPorts implements Gpio {
  private static final int BASE = 0x40020000;
  private static final int PORT_BYTES = 0x400;
  private static final int MODE = 0x00;
  private static final int SPEED = 0x08;
  private static final int PULL = 0x0C;
  private static final int INPUT = 0x10;
  private static final int SET_RESET = 0x18;
  private static final int ALTERNATE = 0x20;

  private static final int MODE_ALTERNATE = 2;
  private static final int SPEED_HIGH = 2;
  private static final int PULL_UP = 1;

  private final Processor processor;
  private final Rcc rcc;

  GpioPorts(Processor processor, Rcc rcc) {
    this.processor = processor;
    this.rcc = rcc;
  }

  /** Gives a pin to a peripheral; pulled up, as an idle serial line is. */
  void connect(int pin, int alternateFunction) {
    rcc.enable(Rcc.AHB1_ENABLE, pin >> 4);
    int port = port(pin);
    int bit = pin & 15;
    field(port + ALTERNATE + (bit >> 3 << 2), (bit & 7) << 2, 15, alternateFunction);
    field(port + SPEED, bit << 1, 3, SPEED_HIGH);
    field(port + PULL, bit << 1, 3, PULL_UP);
    field(port + MODE, bit << 1, 3, MODE_ALTERNATE);
  }

  @Override
  public boolean read(int pin) {
    return (processor.read(port(pin) + INPUT) >> (pin & 15) & 1) != 0;
  }

  @Override
  public void write(int pin, boolean high) {
    processor.write(port(pin) + SET_RESET, 1 << (pin & 15) + (high ? 0 : 16));
  }

  private static int port(int pin) {
    return BASE + (pin >> 4) * PORT_BYTES;
  }

  private void field(int register, int shift, int mask, int value) {
    int others = processor.read(register) & ~(mask << shift);
    processor.write(register, others | value << shift);
  }
}
