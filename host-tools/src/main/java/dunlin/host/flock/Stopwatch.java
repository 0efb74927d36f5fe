package dunlin.host.flock;

import dunlin.host.run.Generator;
import dunlin.host.run.Meter;

/** Takes what is fed to a flock, lap by lap. */
final class Stopwatch {
  private final Generator generator;
  private final Meter meter;

  private int position;
  private long wireBytes;
  private long nanoseconds;
  private long hostNanoseconds;

  /** Starts the first lap. */
  Stopwatch(Generator generator, Meter meter) {
    this.generator = generator;
    this.meter = meter;
    start();
  }

  private void start() {
    position = generator.position();
    wireBytes = meter.wireBytes();
    nanoseconds = meter.nanoseconds();
    hostNanoseconds = System.nanoTime();
  }

  /** What the lap took; the next one starts. */
  Effort lap() {
    Effort lap =
        new Effort(
            generator.position() - position,
            meter.wireBytes() - wireBytes,
            meter.nanoseconds() - nanoseconds,
            (System.nanoTime() - hostNanoseconds) / 1e9);
    start();
    return lap;
  }
}
