package dunlin.hal.emulated;

import dunlin.hal.Gpio;
import java.util.ArrayList;
import java.util.List;

/**
 * Pins with levels. A pin that is driven from outside (another board's output, or the host) is an
 * input; the others are outputs.
 */
public final class EmulatedGpio implements Gpio {
  private record Sink(EmulatedGpio gpio, int pin) {}

  private final String board;
  private final boolean[] levels;
  private final boolean[] inputs;
  private final List<List<Sink>> sinks = new ArrayList<>();

  EmulatedGpio(String board, int pins) {
    this.board = board;
    this.levels = new boolean[pins];
    this.inputs = new boolean[pins];
    for (int pin = 0; pin < pins; pin++) {
      sinks.add(new ArrayList<>());
    }
  }

  @Override
  public boolean read(int pin) {
    return levels[pin];
  }

  @Override
  public void write(int pin, boolean high) {
    if (inputs[pin]) {
      throw new IllegalStateException(board + ": pin " + pin + " is an input");
    }
    put(pin, high);
  }

  /** Host: drives {@code pin} from outside. */
  public void drive(int pin, boolean high) {
    inputs[pin] = true;
    put(pin, high);
  }

  /** Host: wires output {@code pin} to input {@code toPin} of another board. */
  public void wire(int pin, EmulatedGpio to, int toPin) {
    if (inputs[pin] || to.inputs[toPin]) {
      throw new IllegalArgumentException(
          board + ": pin " + pin + " to pin " + toPin + " of " + to.board + ": already driven");
    }
    sinks.get(pin).add(new Sink(to, toPin));
    to.drive(toPin, levels[pin]);
  }

  /** Outputs go low. */
  void reset() {
    for (int pin = 0; pin < levels.length; pin++) {
      if (!inputs[pin]) {
        put(pin, false);
      }
    }
  }

  private void put(int pin, boolean high) {
    levels[pin] = high;
    for (Sink sink : sinks.get(pin)) {
      sink.gpio.put(sink.pin, high);
    }
  }
}
