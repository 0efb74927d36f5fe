package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Uid;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlashReport;
import dunlin.host.flash.Flasher;
import dunlin.host.flash.FlockFlasher;
import dunlin.host.flock.ImportedNetwork;
import dunlin.host.flock.Progress;
import dunlin.host.sign.SignedManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has to do with what lies in the flash of boards, one after the other. */
abstract class BoardCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      paramLabel = "MEANS",
      converter = FlashMeans.Converter.class,
      description = "uart or uart:BAUD, st-link, flock; qemu for a file.")
  private FlashMeans.Route by = FlashMeans.Route.DEFAULT;

  @Option(
      names = "--port",
      paramLabel = "P",
      split = ",",
      description = "Path, VID:PID or serial number, by rank.")
  private List<String> ports = List.of();

  @Option(names = "--rank", paramLabel = "R", description = "Only this board of the flock.")
  private int rank = -1;

  @Mixin private FirmwareOption firmware;
  @Mixin private TrustOption trust;
  @Mixin private ModelOptions model;
  @Mixin private JsonOption json;
  @Mixin private FlockOptions flock;

  @Override
  public void run() {
    json.check();
    List<BoardType> boards = flock.boards(model.flock());
    List<Integer> ranks = ranks(boards.size());
    DeskPlaces desk = new DeskPlaces(flock.venue());
    List<String> places = places(desk, ranks);
    Optional<SignedManifest> signed = trust.manifest(flock.venue());
    if (!throughFlock()) {
      FirmwareOption.check(ranks.stream().map(boards::get).toList());
    }
    Flasher flasher = flasher(desk, signed.isPresent(), ProgressBars.ofBytes());
    ImportedNetwork source = model.network(flock.model());
    Built built = Built.of(source, model.calibration(), boards, flock.options(model.flock()));
    signed.ifPresent(manifest -> manifest.check(built.plan(), built.images()));
    List<FlashJob> jobs = jobs(built, signed, desk, ranks, places);
    List<FlashReport> reports = new ArrayList<>();
    for (FlashJob job : jobs) {
      FlashReport report =
          overUart() ? desk.handsFree(job.rank(), () -> work(flasher, job)) : work(flasher, job);
      reports.add(report);
      if (json.textIsWanted()) {
        FlashReports.print(job, report, spec.commandLine().getOut());
      }
    }
    Path manifest = signed.map(SignedManifest::file).orElse(null);
    json.write(FlashReports.of(built, manifest, by.means(), jobs, reports));
  }

  private List<Integer> ranks(int nodes) {
    if (rank >= nodes) {
      throw new Misuse(
          "--rank " + rank + " of " + nodes + " boards", "ranks are 0 to " + (nodes - 1));
    }
    return rank >= 0 ? List.of(rank) : IntStream.range(0, nodes).boxed().toList();
  }

  /** As the command line says, or else a rig's local file. */
  private List<String> places(DeskPlaces desk, List<Integer> ranks) {
    List<String> named = ports;
    if (ports.isEmpty() && desk.known() && overUart()) {
      named = desk.ports(ranks);
    } else if (ports.isEmpty() && desk.known() && throughFlock()) {
      named = List.of(desk.root());
    }
    return by.means().ports(named, ranks.size());
  }

  private boolean overUart() {
    return by.means() == FlashMeans.UART;
  }

  private boolean throughFlock() {
    return by.means() == FlashMeans.FLOCK;
  }

  private List<FlashJob> jobs(
      Built built,
      Optional<SignedManifest> signed,
      DeskPlaces desk,
      List<Integer> ranks,
      List<String> places) {
    return throughFlock()
        ? ranks.stream().map(rank -> ofImage(built, desk, rank, places.get(0))).toList()
        : withFirmware(built, signed, desk, ranks, places);
  }

  private static FlashJob ofImage(Built built, DeskPlaces desk, int rank, String root) {
    return FlashJob.ofImage(
        rank,
        built.plan().members().get(rank).board(),
        root,
        desk.uid(rank),
        built.plan().wiring().route(rank),
        built.images().get(rank).bytes());
  }

  private List<FlashJob> withFirmware(
      Built built,
      Optional<SignedManifest> signed,
      DeskPlaces desk,
      List<Integer> ranks,
      List<String> places) {
    List<BoardType> types =
        ranks.stream().map(rank -> built.plan().members().get(rank).board()).toList();
    Map<BoardType, byte[]> firmwares = firmware.of(types.stream().distinct().toList());
    if (firmware.isFound()) { // what is built here is as good as what checks it
      signed.ifPresent(manifest -> manifest.check(firmwares));
    }
    List<FlashJob> jobs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      byte[] image = built.images().get(ranks.get(i)).bytes();
      BoardType type = types.get(i);
      Uid uid = desk.uid(ranks.get(i));
      jobs.add(FlashJob.of(ranks.get(i), type, places.get(i), uid, firmwares.get(type), image));
    }
    return jobs;
  }

  /**
   * What reaches the boards: through a rig's flock, by the rig's own cable.
   *
   * @param signed whether an image's CRC is not enough to know that it is there: anybody can make
   *     another image with the same
   */
  private Flasher flasher(DeskPlaces desk, boolean signed, Progress progress) {
    boolean everyByte = signed || looksAtEveryByte();
    return throughFlock() && ports.isEmpty() && desk.known()
        ? FlockFlasher.over(job -> desk.cable(), everyByte, progress)
        : by.means().flasher(by.baud(), everyByte, progress);
  }

  /** Whether all is compared where an image's header is there already. */
  abstract boolean looksAtEveryByte();

  /** Does it to one board. */
  abstract FlashReport work(Flasher flasher, FlashJob job);
}
