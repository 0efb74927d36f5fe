package dunlin.host.rig;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.pi.PiPins;
import dunlin.host.pi.SpiCable;
import dunlin.host.plan.LinkKind;
import dunlin.host.run.Cable;
import dunlin.host.run.SerialCable;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialPorts;
import java.nio.file.Path;

/** The cable from this computer to a rig's root. */
public final class HostCable {
  private HostCable() {}

  /**
   * Opens it.
   *
   * @param file of the rig
   * @throws Refusal if it is not said which port it is, or that port cannot be opened
   */
  public static Cable open(Path file, Rig rig) {
    Desk desk = RigFiles.desk(file, rig);
    if (rig.host() == LinkKind.SPI) {
      return spi(file, rig, desk.raspberryPi());
    }
    String port =
        desk.port(0)
            .orElseThrow(
                () ->
                    new Refusal(
                        RigFiles.localFile(file) + ": names no port of rank 0, the host's",
                        "add it; dunlin ports lists what there is"));
    int baud = rig.types().get(0).uart().baud();
    return new SerialCable(SerialPorts.open(port, LineSettings.of8N1(baud)));
  }

  private static Cable spi(Path file, Rig rig, PiPins pins) {
    if (pins == null) {
      throw new Refusal(
          RigFiles.localFile(file) + ": names no lines of a Raspberry Pi", "add [raspberry-pi]");
    }
    BoardType.Spis root = rig.types().get(0).spi();
    return SpiCable.open(pins, root.hertz(), root.gapMicros());
  }
}
