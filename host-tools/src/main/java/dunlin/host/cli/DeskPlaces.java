package dunlin.host.cli;

import dunlin.boards.Misuse;
import dunlin.boards.Uid;
import dunlin.host.pi.BootPins;
import dunlin.host.pi.PiPins;
import dunlin.host.plan.LinkKind;
import dunlin.host.rig.HostCable;
import dunlin.host.rig.Placement;
import dunlin.host.rig.RigFiles;
import dunlin.host.run.Cable;
import dunlin.host.serial.SerialPorts;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Where the boards of a rig are, for flashing; nothing is known of boards that no rig file has. */
final class DeskPlaces {
  private final Venue venue;

  DeskPlaces(Venue venue) {
    this.venue = venue;
  }

  /** Whether a rig file says what the boards are. */
  boolean known() {
    return venue instanceof Venue.Boards;
  }

  /** The microcontroller of a rank; null where that is not known. */
  Uid uid(int rank) {
    return venue instanceof Venue.Boards boards ? boards.found().boards().get(rank).uid() : null;
  }

  /** The port of each rank, which must have one of its own. */
  List<String> ports(List<Integer> ranks) {
    Venue.Boards boards = (Venue.Boards) venue;
    Map<Integer, Placement> placed =
        Placement.of(boards.file(), SerialPorts.list()).stream()
            .collect(Collectors.toMap(Placement::rank, Function.identity()));
    for (int rank : ranks) {
      if (!placed.containsKey(rank)) {
        throw new Misuse(
            RigFiles.localFile(boards.file()) + " names no port of rank " + rank,
            "add it, or say with --rank which board is meant");
      }
    }
    return ranks.stream().map(rank -> placed.get(rank).port()).toList();
  }

  /** What the cable to the root is called. */
  String root() {
    return ((Venue.Boards) venue).found().host() == LinkKind.SPI
        ? "the Raspberry Pi's SPI"
        : ports(List.of(0)).get(0);
  }

  /** The cable to the root. */
  Cable cable() {
    Venue.Boards boards = (Venue.Boards) venue;
    return HostCable.open(boards.file(), boards.found());
  }

  /** Has a Raspberry Pi reset the root into its bootloader for {@code work}, and out again. */
  <T> T handsFree(int rank, Supplier<T> work) {
    PiPins pins = rank == 0 ? pins() : null;
    if (pins == null || pins.boot0() == null || pins.reset() == null) {
      return work.get();
    }
    try (BootPins lines = BootPins.open(pins)) {
      lines.bootloader();
      T result = work.get();
      lines.application();
      return result;
    }
  }

  private PiPins pins() {
    return venue instanceof Venue.Boards boards && Files.exists(RigFiles.localFile(boards.file()))
        ? RigFiles.desk(boards.file(), boards.found()).raspberryPi()
        : null;
  }
}
