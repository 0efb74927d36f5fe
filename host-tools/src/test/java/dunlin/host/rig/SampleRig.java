package dunlin.host.rig;

/** Two boards, and where they are. */
public final class SampleRig {
  /** {@code rig.toml}. */
  public static final String RIG =
      """
      model = "stint"
      context = 512
      topology = "chain"
      link = "spi"
      stages = 2
      host = "uart"
      baud = 921_600

      [[boards]]
      rank = 0
      type = "stm32f405"
      uid = "0027003A3138510E37363734"

      [[boards]]
      rank = 1
      type = "nucleo-l476rg"

      [trust]
      key = "maker.pub.pem"
      manifest = "images/stint.manifest.json"
      release = 3
      """;

  /** {@code rig.local.toml}. */
  public static final String LOCAL =
      """
      [[ports]]
      rank = 0
      port = "0483:374b:066EFF"

      [[ports]]
      rank = 1
      port = "/dev/ttyACM1"

      [raspberry-pi]
      bus = 0
      select = 8
      ready = 25
      boot0 = 23
      reset = 24
      """;

  private SampleRig() {}
}
