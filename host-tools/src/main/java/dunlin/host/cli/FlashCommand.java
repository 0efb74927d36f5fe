package dunlin.host.cli;

import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlashReport;
import dunlin.host.flash.Flasher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Firmware and images into boards. */
@Command(
    name = "flash",
    description = "Writes firmware and images to boards; what is there is kept.",
    footer = "Examples: dunlin flash --rig rig.toml | dunlin flash --rank 1 --port COM3")
final class FlashCommand extends BoardCommand {
  @Option(names = "--every-byte", description = "Look beyond the header of an image that is there.")
  private boolean beyondHeaders;

  @Override
  boolean looksAtEveryByte() {
    return beyondHeaders;
  }

  @Override
  FlashReport work(Flasher flasher, FlashJob job) {
    return flasher.flash(job);
  }
}
