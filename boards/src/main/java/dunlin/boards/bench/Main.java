package dunlin.boards.bench;

import dunlin.boards.cortexm.CortexM;
import dunlin.kernels.Dsp;
import org.teavm.interop.Export;

/**
 * Runs the call of its image, and writes three lines to the debugger: ticks, and interrupts in
 * them, of nothing, of an interrupt, and of the call; then the checksum. Then it runs the call
 * again, without interrupts, between two marks.
 */
public final class Main {
  /** Interrupts have no argument: what they serve is here. */
  private static Stopwatch watch;

  private Main() {}

  /** After a reset, with RAM initialised. */
  @Export(name = "dunlin_main")
  public static void main() {
    CortexM processor = new CortexM();
    watch = new Stopwatch(processor);
    byte[] image = CortexM.image();
    KernelCall call = new KernelCall(image, CortexM.reserve(0, Dsp.load32(image, KernelCall.RAM)));
    watch.interruption(false);
    report();
    watch.interruption(true);
    report();
    watch.start();
    call.run();
    watch.stop();
    report();
    Debugger.word(call.checksum(), '\n');
    processor.disableInterrupts();
    call.reset();
    Debugger.mark();
    call.run();
    Debugger.mark();
    Debugger.exit();
  }

  private static void report() {
    Debugger.word(watch.ticks(), ' ');
    Debugger.word(watch.interrupts(), '\n');
  }

  /** The timer's interrupt. */
  @Export(name = "dunlin_tick")
  public static void tick() {
    watch.interrupt();
  }
}
