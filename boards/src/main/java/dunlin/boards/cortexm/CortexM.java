package dunlin.boards.cortexm;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** The processor itself. */
@Include("cortexm.h")
public final class CortexM implements Processor {
  /** The part of flash that holds the image, as the linker script places it. */
  @Import(name = "dunlin_image")
  public static native byte[] image();

  /** What the board's file says, {@link Settings}. */
  @Import(name = "dunlin_settings")
  public static native int[] settings();

  /** Where startup.c leaves a {@link LastTrap}. */
  @Import(name = "dunlin_lastTrap")
  public static native int lastTrap();

  /**
   * RAM that is set aside for a node's buffers, zeroed; called once for each region.
   *
   * @param address of the region; 0: behind the firmware's statics
   */
  @Import(name = "dunlin_reserve")
  public static native byte[] reserve(int address, int bytes);

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
    return loadByte(address);
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
  public void attach(int index, Object served) {
    attachPort(index, served);
  }

  @Override
  public void fence() {
    compilerFence();
  }

  @Override
  public void synchronise() {
    barrier();
  }

  @Override
  public void disableInterrupts() {
    cpsid();
  }

  @Override
  public void enableInterrupts() {
    cpsie();
  }

  @Override
  public void waitForInterrupt() {
    wfi();
  }

  @Override
  public void stop(int reason) {
    trap(reason);
  }

  @Import(name = "dunlin_read")
  private static native int readRegister(int address);

  @Import(name = "dunlin_write")
  private static native void writeRegister(int address, int value);

  @Import(name = "dunlin_readByte")
  private static native int loadByte(int address);

  @Import(name = "dunlin_writeByte")
  private static native void storeByte(int address, int value);

  @Import(name = "dunlin_elements")
  private static native int elements(byte[] array);

  @Import(name = "dunlin_barrier")
  private static native void barrier();

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

  @Import(name = "dunlin_wfi")
  private static native void wfi();
}
