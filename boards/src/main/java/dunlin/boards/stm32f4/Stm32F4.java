package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.stm32.Blocks;
import dunlin.boards.stm32.DmaSpi;
import dunlin.boards.stm32.Family;
import dunlin.boards.stm32.Iwdg;
import dunlin.boards.stm32.SpiHardware;
import dunlin.hal.Flash;
import dunlin.hal.Watchdog;

/** An STM32F405, F407 or like; addresses by RM0090, 2.3. */
final class Stm32F4 implements Family {
  private static final int RCC = 0x40023800;
  private static final int RESET_OFFSET = -0x20;
  private static final int AHB1_ENABLE = 0x30;
  private static final int APB2_ENABLE = 0x44;
  private static final int SYSCFG_BIT = 14;

  private static final int GPIO = 0x40020000;
  private static final int SYSCFG_SOURCES = 0x40013808;
  private static final int EXTI_MASK = 0x40013C00;
  private static final int EXTI_EDGES = 0x40013C08;
  private static final int EXTI_PENDING = 0x40013C14;
  private static final int IWDG = 0x40003000;
  private static final int UID = 0x1FFF7A10;

  /** Of the watchdog's oscillator, at its fastest (DS8626, table 35). */
  private static final int SLOW_HERTZ = 47_000;

  private final Processor processor;
  private final int[] settings;
  private final byte[] image;
  private final Rcc rcc;
  private final Blocks blocks;

  Stm32F4(Processor processor, int[] settings, byte[] image) {
    this.processor = processor;
    this.settings = settings;
    this.image = image;
    blocks =
        new Blocks(
            processor,
            RCC,
            RESET_OFFSET,
            GPIO,
            AHB1_ENABLE,
            SYSCFG_SOURCES,
            EXTI_MASK,
            EXTI_EDGES,
            EXTI_PENDING);
    rcc = new Rcc(blocks.registers());
  }

  @Override
  public Blocks blocks() {
    return blocks;
  }

  @Override
  public void start() {
    rcc.start(settings[Settings.EXTERNAL_HERTZ], settings[Settings.CORE_HERTZ]);
  }

  @Override
  public Flash flash() {
    return new ImageFlash(processor, image);
  }

  @Override
  public Watchdog watchdog() {
    return new Iwdg(blocks.registers(), IWDG, SLOW_HERTZ);
  }

  @Override
  public SerialHardware uart(int port) {
    return new Usart(processor, settings, port);
  }

  @Override
  public SpiHardware spi(int at, boolean master) {
    blocks.gates().enable(APB2_ENABLE, SYSCFG_BIT);
    blocks.gates().enable(AHB1_ENABLE, settings[at + Settings.DMA_BIT]);
    return new DmaSpi(
        processor,
        blocks.registers(),
        blocks.gates(),
        settings,
        at,
        master,
        0,
        stream(at, Settings.DMA_RECEIVE, false),
        stream(at, Settings.DMA_TRANSMIT, true));
  }

  private DmaStream stream(int at, int number, boolean sending) {
    return new DmaStream(
        blocks.registers(),
        settings[at + Settings.DMA_BASE],
        settings[at + number],
        settings[at + Settings.DMA_REQUEST],
        sending);
  }

  /** RM0090, 39.1; 0 on QEMU, where reading it is a fault. */
  @Override
  public int uid(int word) {
    return rcc.present() ? blocks.registers().read(UID + (word << 2)) : 0;
  }
}
