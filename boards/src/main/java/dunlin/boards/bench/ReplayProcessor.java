package dunlin.boards.bench;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.firmware.Crc32;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/**
 * Takes the place of {@link dunlin.boards.cortexm.CortexM} where a node replays a {@link Tape}: its
 * UARTs' registers are words in RAM, and whenever it sleeps the next byte arrives in them, with the
 * UART's interrupt. All else is the real processor: interrupts, drivers, main loop and node execute
 * what they do on a board. The end of the tape ends the run, with the CRC-32 of the node's RAM.
 */
@Include("replay.h")
public final class ReplayProcessor implements Processor {
  private static final int SET_PENDING = 0xE000E200;
  private static final int MOST_PORTS = 8;

  /** Bytes of the registers of a UART. */
  private static final int REGISTERS = 64;

  private final Tape tape = new Tape();
  private final int[] interrupts = new int[MOST_PORTS];
  private final int data;
  private Laps laps;
  private boolean arrived;

  /** Shows every UART ready: to send, and with a byte that an interrupt will tell of. */
  public ReplayProcessor() {
    tape.next();
    for (int port = 0; port < MOST_PORTS; port++) {
      writeRegister(registers() + port * REGISTERS + tape.first(), tape.second());
    }
    tape.next();
    data = registers() + tape.first();
    int[] settings = flashSettings();
    for (int port = 0; port < settings[Settings.PORTS]; port++) {
      interrupts[port] = settings[Settings.port(port) + Settings.INTERRUPT];
    }
  }

  /** What measures the laps between two bytes. */
  void use(Laps measured) {
    laps = measured;
  }

  /** The part of flash that holds the image. */
  @Import(name = "dunlin_image")
  public static native byte[] image();

  /** Where startup.c leaves a {@link dunlin.boards.cortexm.LastTrap}. */
  @Import(name = "dunlin_lastTrap")
  public static native int lastTrap();

  /** The node's RAM. */
  @Import(name = "dunlin_reserve")
  public static native byte[] reserve(int address, int bytes);

  /** What the board's file says, but for where its UARTs are. */
  public static int[] settings() {
    int[] flash = flashSettings();
    int[] settings = new int[flash.length];
    for (int i = 0; i < flash.length; i++) {
      settings[i] = flash[i];
    }
    for (int port = 0; port < settings[Settings.PORTS]; port++) {
      settings[Settings.port(port) + Settings.BASE] = registers() + port * REGISTERS;
    }
    return settings;
  }

  @Override
  public int read(int address) {
    return readRegister(address);
  }

  @Override
  public void write(int address, int value) {
    writeRegister(address, value);
  }

  @Override
  public int readByte(int address) {
    return readRegister(address) & 0xff;
  }

  @Override
  public void writeByte(int address, int value) {
    storeByte(address, value);
  }

  @Override
  public int address(byte[] array) {
    return elements(array);
  }

  @Override
  public void synchronise() {
    compilerFence();
  }

  @Override
  public void stop(int reason) {
    trap(reason);
  }

  @Override
  public void attach(int index, Object served) {
    attachPort(index, served);
  }

  @Override
  public void fence() {
    compilerFence();
  }

  @Override
  public void disableInterrupts() {
    cpsid();
  }

  @Override
  public void enableInterrupts() {
    cpsie();
  }

  /** The next byte comes, and its UART's interrupt, though interrupts are disabled. */
  @Override
  public void waitForInterrupt() {
    laps.stop(Laps.LOOP);
    boolean more = tape.next();
    if (more && tape.first() == Tape.MEASURE) {
      laps.measure();
      more = tape.next();
    }
    if (!more) {
      byte[] ram = ram();
      Debugger.word(new Crc32().update(0, ram, 0, ram.length), '\n');
      Debugger.exit();
    }
    int port = tape.first();
    int interrupt = interrupts[port];
    writeRegister(data + port * REGISTERS, tape.second());
    writeRegister(SET_PENDING + (interrupt >> 5 << 2), 1 << (interrupt & 31));
    laps.start();
    cpsie();
    laps.stop(Laps.INTERRUPT);
    cpsid();
    arrived = true;
    laps.start();
  }

  /** Whether a byte has come since it was last asked. */
  boolean arrived() {
    boolean any = arrived;
    arrived = false;
    return any;
  }

  /** Where the registers of UART 0 stand; those of the next ones follow. */
  @Import(name = "dunlin_registers")
  private static native int registers();

  @Import(name = "dunlin_ram")
  private static native byte[] ram();

  @Import(name = "dunlin_settings")
  private static native int[] flashSettings();

  @Import(name = "dunlin_read")
  private static native int readRegister(int address);

  @Import(name = "dunlin_write")
  private static native void writeRegister(int address, int value);

  @Import(name = "dunlin_writeByte")
  private static native void storeByte(int address, int value);

  @Import(name = "dunlin_elements")
  private static native int elements(byte[] array);

  @Import(name = "dunlin_trap")
  private static native void trap(int reason);

  @Import(name = "dunlin_attach")
  private static native void attachPort(int index, Object served);

  @Import(name = "dunlin_fence")
  private static native void compilerFence();

  @Import(name = "dunlin_cpsid")
  private static native void cpsid();

  @Import(name = "dunlin_cpsie")
  private static native void cpsie();
}
