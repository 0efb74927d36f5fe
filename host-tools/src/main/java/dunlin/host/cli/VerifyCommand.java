package dunlin.host.cli;

import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlashReport;
import dunlin.host.flash.Flasher;
import picocli.CommandLine.Command;

/** What boards hold, byte by byte. */
@Command(
    name = "verify",
    description = "Compares what boards hold with what flash would write.",
    footer = "Examples: dunlin verify --rank 1 --port COM3")
final class VerifyCommand extends BoardCommand {
  @Override
  boolean looksAtEveryByte() {
    return true;
  }

  @Override
  FlashReport work(Flasher flasher, FlashJob job) {
    return flasher.verify(job);
  }
}
