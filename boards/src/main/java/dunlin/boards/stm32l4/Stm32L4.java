package dunlin.boards.stm32l4;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.stm32.Blocks;
import dunlin.boards.stm32.DmaSpi;
import dunlin.boards.stm32.Family;
import dunlin.boards.stm32.Iwdg;
import dunlin.boards.stm32.SpiHardware;
import dunlin.boards.stm32.UsartV2;
import dunlin.hal.Flash;
import dunlin.hal.Watchdog;

/** An STM32L476 or like; addresses by RM0351, 2.2. */
final class Stm32L4 implements Family {
  private static final int RESET_OFFSET = -0x20;
  private static final int GPIO = 0x48000000;
  private static final int SYSCFG_SOURCES = 0x40010008;
  private static final int EXTI_MASK = 0x40010400;
  private static final int EXTI_EDGES = 0x40010408;
  private static final int EXTI_PENDING = 0x40010414;
  private static final int IWDG = 0x40003000;
  private static final int UID = 0x1FFF7590;

  /** Of the watchdog's oscillator, at its fastest (DS10198, table 51). */
  private static final int SLOW_HERTZ = 34_000;

  private final Processor processor;
  private final int[] settings;
  private final byte[] image;
  private final Blocks blocks;

  Stm32L4(Processor processor, int[] settings, byte[] image) {
    this.processor = processor;
    this.settings = settings;
    this.image = image;
    blocks =
        new Blocks(
            processor,
            Rcc.BASE,
            RESET_OFFSET,
            GPIO,
            Rcc.AHB2_ENABLE,
            SYSCFG_SOURCES,
            EXTI_MASK,
            EXTI_EDGES,
            EXTI_PENDING);
  }

  @Override
  public Blocks blocks() {
    return blocks;
  }

  @Override
  public void start() {
    new Rcc(blocks.registers()).start(settings[Settings.CORE_HERTZ]);
  }

  @Override
  public Flash flash() {
    return new ReadOnlyFlash(image, image.length);
  }

  @Override
  public Watchdog watchdog() {
    return new Iwdg(blocks.registers(), IWDG, SLOW_HERTZ);
  }

  @Override
  public SerialHardware uart(int port) {
    return new UsartV2(blocks.registers(), settings, port, 0);
  }

  @Override
  public SpiHardware spi(int at, boolean master) {
    blocks.gates().enable(Rcc.APB2_ENABLE, Rcc.SYSCFG_BIT);
    blocks.gates().enable(Rcc.AHB1_ENABLE, settings[at + Settings.DMA_BIT]);
    return new DmaSpi(
        processor,
        blocks.registers(),
        blocks.gates(),
        settings,
        at,
        master,
        DmaSpi.BYTES,
        channel(at, Settings.DMA_RECEIVE, false),
        channel(at, Settings.DMA_TRANSMIT, true));
  }

  private DmaChannel channel(int at, int number, boolean sending) {
    return new DmaChannel(
        blocks.registers(),
        settings[at + Settings.DMA_BASE],
        settings[at + number],
        settings[at + Settings.DMA_REQUEST],
        sending);
  }

  /** RM0351, 49.1. */
  @Override
  public int uid(int word) {
    return blocks.registers().read(UID + (word << 2));
  }
}
