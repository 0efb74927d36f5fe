package dunlin.boards.stm32h7;

import dunlin.boards.cortexm.Caches;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.stm32.Blocks;
import dunlin.boards.stm32.Family;
import dunlin.boards.stm32.FifoSpi;
import dunlin.boards.stm32.Iwdg;
import dunlin.boards.stm32.SpiHardware;
import dunlin.boards.stm32.UsartV2;
import dunlin.hal.Flash;
import dunlin.hal.Watchdog;

/**
 * An STM32H743 or like; addresses by RM0433, 2.3. The firmware's data lie in the DTCM, which its
 * DMA controllers do not reach and the data cache does not cover: interrupts empty and fill the
 * ports' queues, and nothing is ever stale.
 */
final class Stm32H7 implements Family {
  private static final int RESET_OFFSET = -0x58;
  private static final int AHB2_ENABLE = Rcc.BASE + 0xDC;
  private static final int SRAM_1_TO_3 = 7 << 29;
  private static final int GPIO = 0x58020000;
  private static final int SYSCFG_SOURCES = 0x58000408;
  private static final int EXTI_EDGES = 0x58000000;
  private static final int EXTI_MASK = 0x58000080;
  private static final int EXTI_PENDING = 0x58000088;
  private static final int IWDG = 0x58004800;
  private static final int UID = 0x1FF1E800;

  /** Of the watchdog's oscillator, at its fastest (DS12110, table 47). */
  private static final int SLOW_HERTZ = 33_600;

  private final Processor processor;
  private final int[] settings;
  private final byte[] image;
  private final Blocks blocks;

  Stm32H7(Processor processor, int[] settings, byte[] image) {
    this.processor = processor;
    this.settings = settings;
    this.image = image;
    blocks =
        new Blocks(
            processor,
            Rcc.BASE,
            RESET_OFFSET,
            GPIO,
            Rcc.AHB4_ENABLE,
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
    boolean clock = settings[Settings.EXTERNAL_CLOCK] != 0;
    new Rcc(blocks.registers())
        .start(settings[Settings.EXTERNAL_HERTZ], clock, settings[Settings.CORE_HERTZ]);
    blocks.registers().set(AHB2_ENABLE, SRAM_1_TO_3);
    Caches.enable(processor);
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
    return new UsartV2(blocks.registers(), settings, port, UsartV2.QUEUES);
  }

  @Override
  public SpiHardware spi(int at, boolean master) {
    blocks.gates().enable(Rcc.APB4_ENABLE, Rcc.SYSCFG_BIT);
    return new FifoSpi(processor, blocks.registers(), settings, at, master);
  }

  /** RM0433, 61.1. */
  @Override
  public int uid(int word) {
    return blocks.registers().read(UID + (word << 2));
  }
}
