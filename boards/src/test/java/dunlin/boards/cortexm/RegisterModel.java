package dunlin.boards.cortexm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** Registers on the desktop: each holds what was written, unless the test gives it a behaviour. */
public final class RegisterModel implements Processor {
  /** The program has ended. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int reason;

    Stopped(int reason) {
      this.reason = reason;
    }

    /** A constant of {@link dunlin.boards.runtime.Traps}. */
    public int reason() {
      return reason;
    }
  }

  private static final int RAM = 0x2000_0000;
  private static final int ARRAY_BYTES = 0x1000;

  private final Map<Integer, Integer> values = new HashMap<>();
  private final Map<Integer, IntUnaryOperator> readings = new HashMap<>();
  private final Map<Integer, List<Integer>> writings = new HashMap<>();
  private final List<Integer> order = new ArrayList<>();
  private final Map<Integer, IntConsumer> effects = new HashMap<>();
  private final Set<Integer> clearedByOnes = new HashSet<>();
  private final List<byte[]> arrays = new ArrayList<>();
  private Runnable whileAsleep = () -> {};
  private boolean disabled;

  /** The register's value from reset on. */
  public RegisterModel reset(int address, int value) {
    values.put(address, value);
    return this;
  }

  /** What reading gives, from what the register holds. */
  public RegisterModel reading(int address, IntUnaryOperator reading) {
    readings.put(address, reading);
    return this;
  }

  /** What writing a register does beyond that it holds the value. */
  public RegisterModel writing(int address, IntConsumer effect) {
    effects.put(address, effect);
    return this;
  }

  /** Writing ones to a register clears these bits. */
  public RegisterModel clearedByOnes(int address) {
    clearedByOnes.add(address);
    return this;
  }

  /** The array with an element at {@code address}, as {@link #address} gave them out. */
  public byte[] arrayAt(int address) {
    return arrays.get((address - RAM) / ARRAY_BYTES);
  }

  /** The index in it. */
  public static int indexAt(int address) {
    return address & ARRAY_BYTES - 1;
  }

  /** What happens while the processor sleeps. */
  public void whileAsleep(Runnable event) {
    whileAsleep = event;
  }

  /** All that was written to a register. */
  public List<Integer> written(int address) {
    return writings.getOrDefault(address, List.of());
  }

  /** The registers that were written, in order. */
  public List<Integer> order() {
    return order;
  }

  /** What a register holds. */
  public int value(int address) {
    return values.getOrDefault(address, 0);
  }

  public boolean interruptsDisabled() {
    return disabled;
  }

  @Override
  public int read(int address) {
    return readings.getOrDefault(address, value -> value).applyAsInt(value(address));
  }

  @Override
  public void write(int address, int value) {
    values.put(address, clearedByOnes.contains(address) ? value(address) & ~value : value);
    writings.computeIfAbsent(address, key -> new ArrayList<>()).add(value);
    order.add(address);
    effects.getOrDefault(address, nothing -> {}).accept(value);
  }

  @Override
  public int readByte(int address) {
    return read(address) & 0xff;
  }

  /** Into an array, too. */
  @Override
  public void writeByte(int address, int value) {
    if (address >= RAM && address < RAM + arrays.size() * ARRAY_BYTES) {
      arrayAt(address)[indexAt(address)] = (byte) value;
    } else {
      write(address, value & 0xff);
    }
  }

  @Override
  public int address(byte[] array) {
    int known = 0;
    while (known < arrays.size() && arrays.get(known) != array) {
      known++;
    }
    if (known == arrays.size()) {
      arrays.add(array);
    }
    return RAM + known * ARRAY_BYTES;
  }

  @Override
  public void attach(int index, Object served) {}

  @Override
  public void synchronise() {}

  /** On a board, a trap. */
  @Override
  public void stop(int reason) {
    throw new Stopped(reason);
  }

  @Override
  public void fence() {}

  @Override
  public void disableInterrupts() {
    disabled = true;
  }

  @Override
  public void enableInterrupts() {
    disabled = false;
  }

  @Override
  public void waitForInterrupt() {
    whileAsleep.run();
  }
}
