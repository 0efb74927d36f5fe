package dunlin.host.pi;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.spi.MockSpiProvider;

/** Pi4J's stand-in for a Raspberry Pi. */
final class MockPi {
  private MockPi() {}

  static Context start() {
    return Pi4J.newContextBuilder()
        .noAutoDetect()
        .add(
            MockDigitalInputProvider.newInstance(),
            MockDigitalOutputProvider.newInstance(),
            MockSpiProvider.newInstance())
        .build();
  }
}
