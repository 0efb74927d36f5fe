package dunlin.boards.stm32;

import dunlin.boards.cortexm.Alarm;
import dunlin.boards.cortexm.InterruptedPort;
import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import java.util.ArrayList;
import java.util.List;

/**
 * Two chips whose SPI ports are wired: pins that interrupt, shift registers that exchange a byte
 * when the master has one to send, and what is around them. Each chip has GPIO port A with the
 * slave's select at pin 4 and its ready line at pin 5.
 */
final class SpiWires {
  static final int QUEUE = 272;
  static final int RECEIVE_QUEUE = 816;
  static final int INTERRUPT = 35;
  static final int BASE = 0x4001_3000;

  private static final int GPIO = 0x4002_0000;
  private static final int INPUT = GPIO + 0x10;
  private static final int SET_RESET = GPIO + 0x18;
  private static final int RCC = 0x4002_3800;
  private static final int PENDING = 0x4001_3C14;
  private static final int SELECT_PIN = 4;
  private static final int READY_PIN = 5;
  private static final int NVIC_PENDING = 0xE000E204;

  private final Generation masterChip;
  private ShiftRegisters masterBytes;
  private final ShiftRegisters slaveBytes;
  private RegisterModel master = new RegisterModel();
  private final RegisterModel slave;
  private InterruptedPort masterPort;
  private final InterruptedPort slavePort;
  private boolean connected = true;
  private boolean selected;
  private boolean ready;
  private final List<Integer> transfers = new ArrayList<>();
  private int clocked;

  /** What a chip's shift register exchanges: its DMA, or its queues. */
  interface ShiftRegisters {
    /** Whether the master has begun to send and has a byte to. */
    boolean hasByte();

    /** Gives the byte that is next to be sent; all ones where there is none. */
    int shiftOut();

    /** Takes the byte that came in. */
    void shiftIn(int value);

    /** Whether the chip wants an interrupt now. */
    boolean interrupts();
  }

  /** Builds a chip's hardware upon its registers. */
  interface Generation {
    ShiftRegisters model(RegisterModel registers);

    SpiHardware driver(RegisterModel registers, ClockGates gates, int[] settings, boolean master);
  }

  SpiWires(Generation masterChip, Generation slaveChip) {
    this.masterChip = masterChip;
    slave = new RegisterModel();
    slaveBytes = slaveChip.model(slave);
    slave.writing(SET_RESET, bits -> ready((bits & 1 << READY_PIN) != 0));
    slave.clearedByOnes(PENDING);
    slave.reset(INPUT, 1 << SELECT_PIN); // pulled up
    slavePort = port(slave, slaveChip, false);
    connectMaster();
  }

  private static InterruptedPort port(RegisterModel registers, Generation chip, boolean isMaster) {
    int[] settings = new int[Settings.spi(0, 1)];
    int at = Settings.spi(0, 0);
    settings[Settings.CORE_HERTZ] = 168_000_000;
    settings[Settings.SPI_RECEIVE_QUEUE] = RECEIVE_QUEUE;
    settings[Settings.SPI_TRANSMIT_QUEUE] = QUEUE;
    settings[Settings.SPI_GAP] = 10;
    settings[at + Settings.BASE] = BASE;
    settings[at + Settings.INTERRUPT] = INTERRUPT;
    settings[at + Settings.CLOCK_REGISTER] = 0x44;
    settings[at + Settings.CLOCK_BIT] = 12;
    settings[at + Settings.SELECT_PIN] = SELECT_PIN;
    settings[at + Settings.READY_PIN] = READY_PIN;
    Registers access = new Registers(registers);
    ClockGates gates = new ClockGates(access, RCC, -0x20);
    GpioPorts gpio = new GpioPorts(access, gates, GPIO, 0x30);
    PinInterrupts pins = new PinInterrupts(access, 0x4001_3808, 0x4001_3C00, 0x4001_3C08, PENDING);
    SpiLines lines = new SpiLines(gpio, pins, settings, at, isMaster);
    SpiHardware hardware = chip.driver(registers, gates, settings, isMaster);
    SysTick clock = isMaster ? new SysTick(registers, 168_000_000) : null;
    return SpiPort.of(registers, settings, at, hardware, lines, clock, new Alarm(registers));
  }

  InterruptedPort master() {
    return masterPort;
  }

  InterruptedPort slave() {
    return slavePort;
  }

  boolean ready() {
    return ready;
  }

  /** Bytes that were clocked in each transfer so far. */
  List<Integer> transfers() {
    return transfers;
  }

  private void select(boolean low) {
    if (low != selected) {
      selected = low;
      slave.reset(INPUT, low ? 0 : 1 << SELECT_PIN);
      slave.reset(PENDING, slave.value(PENDING) | 1 << SELECT_PIN);
      if (low) {
        clocked = 0;
      } else {
        transfers.add(clocked);
      }
      serve(slave, slavePort, slaveBytes); // in the gap
    }
  }

  private void ready(boolean high) {
    if (high != ready) {
      ready = high;
      master.reset(INPUT, high ? 1 << READY_PIN : 0);
      master.reset(PENDING, master.value(PENDING) | 1 << READY_PIN);
    }
  }

  /** Lets happen what can, until nothing does; at most so many bytes are clocked. */
  void run(int mostBytes) {
    int bytes = 0;
    boolean busy = true;
    while (busy) {
      busy = serve(slave, slavePort, slaveBytes);
      busy |= serve(master, masterPort, masterBytes);
      if (selected && masterBytes.hasByte() && bytes < mostBytes) {
        int out = masterBytes.shiftOut();
        masterBytes.shiftIn(connected ? slaveBytes.shiftOut() : 0xff);
        if (connected) {
          slaveBytes.shiftIn(out);
        }
        clocked++;
        bytes++;
        busy = true;
      }
    }
  }

  void run() {
    run(Integer.MAX_VALUE);
  }

  /** Nobody drives the line to the master any more, nor is anybody selected. */
  void disconnectSlave() {
    connected = false;
  }

  /** What has changed so far goes unnoticed by the master. */
  void loseEdges() {
    serve(slave, slavePort, slaveBytes);
    master.reset(PENDING, 0);
  }

  /** The master is in reset: it lets go of the select line. */
  void abort() {
    select(false);
  }

  /** The master has left its reset. */
  void resetMaster() {
    int lines = master.value(INPUT);
    master = new RegisterModel().reset(INPUT, lines);
    connectMaster();
  }

  private void connectMaster() {
    masterBytes = masterChip.model(master);
    master.writing(SET_RESET, bits -> select((bits & 1 << SELECT_PIN) == 0));
    master.clearedByOnes(PENDING);
    masterPort = port(master, masterChip, true);
  }

  /** Takes one interrupt, if there is a reason for one. */
  private static boolean serve(
      RegisterModel registers, InterruptedPort port, ShiftRegisters bytes) {
    boolean pended = registers.value(NVIC_PENDING) != 0;
    registers.reset(NVIC_PENDING, 0);
    boolean wanted = pended || registers.value(PENDING) != 0 || bytes.interrupts();
    if (wanted && port != null) {
      port.interrupt();
    }
    return wanted && port != null;
  }
}
