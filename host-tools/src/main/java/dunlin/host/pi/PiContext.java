package dunlin.host.pi;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiChipSelect;
import com.pi4j.io.spi.SpiMode;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.spi.LinuxFsSpiProvider;
import dunlin.boards.Refusal;
import java.util.function.Supplier;

/**
 * Pi4J, with nothing of it but GPIO lines and SPI; started only where a Raspberry Pi is asked for.
 */
final class PiContext {
  private PiContext() {}

  /** Lines by the kernel's character device, SPI by spidev: as root or in groups gpio and spi. */
  static Context start() {
    return orRefuse(
        () ->
            Pi4J.newContextBuilder()
                .noAutoDetect()
                .add(
                    GpioDDigitalInputProvider.newInstance(),
                    GpioDDigitalOutputProvider.newInstance(),
                    LinuxFsSpiProvider.newInstance())
                .build());
  }

  /** A line that is driven; it stays as it is when the program ends. */
  static DigitalOutput output(Context context, int line, DigitalState initial) {
    return orRefuse(
        () ->
            context.create(
                DigitalOutput.newConfigBuilder(context)
                    .id("out" + line)
                    .address(line)
                    .initial(initial)
                    .build()));
  }

  /** A line that is read; low where nobody drives it. */
  static DigitalInput input(Context context, int line) {
    return orRefuse(
        () ->
            context.create(
                DigitalInput.newConfigBuilder(context)
                    .id("in" + line)
                    .address(line)
                    .pull(PullResistance.PULL_DOWN)
                    .build()));
  }

  /** A bus in mode 0; its own select line is left free. */
  static Spi spi(Context context, int bus, int hertz) {
    return orRefuse(
        () ->
            context.create(
                Spi.newConfigBuilder(context)
                    .id("spi" + bus)
                    .bus(bus)
                    .chipSelect(SpiChipSelect.CS_0)
                    .mode(SpiMode.MODE_0)
                    .baud(hertz)
                    .build()));
  }

  /** Pi4J's own exceptions, and those of its native code, are no words for people. */
  static <T> T orRefuse(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException | LinkageError e) {
      throw new Refusal(
          "the Raspberry Pi's lines cannot be used (" + e.getMessage() + ")",
          "run on a Raspberry Pi, in groups gpio and spi, with SPI turned on in raspi-config",
          e);
    }
  }
}
