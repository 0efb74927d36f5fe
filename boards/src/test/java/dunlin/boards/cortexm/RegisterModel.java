package dunlin.boards.cortexm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Registers on the desktop: each holds what was written, unless the test gives it a behaviour. */
public final class RegisterModel implements Processor {
  private final Map<Integer, Integer> values = new HashMap<>();
  private final Map<Integer, IntUnaryOperator> readings = new HashMap<>();
  private final Map<Integer, List<Integer>> writings = new HashMap<>();
  private final List<Integer> order = new ArrayList<>();
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
    values.put(address, value);
    writings.computeIfAbsent(address, key -> new ArrayList<>()).add(value);
    order.add(address);
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
