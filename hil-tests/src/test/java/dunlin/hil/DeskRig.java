package dunlin.hil;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardType;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlockFlasher;
import dunlin.host.flock.Progress;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.rig.HostCable;
import dunlin.host.rig.RigFiles;
import dunlin.host.run.Console;
import dunlin.host.run.DeskFlock;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Boards on the desk for a test: {@code -Ddunlin.rig=/path/to/rig.toml} says which. They run
 * Dunlin's firmware; a test's images are written through the flock, but for those that are there.
 */
final class DeskRig {
  /** Names the rig file. */
  static final String PROPERTY = "dunlin.rig";

  private DeskRig() {}

  /** The root of the rig's boards, with the plan's images; skips the test on another rig. */
  static Console connect(Plan plan) {
    String named = System.getProperty(PROPERTY);
    assumeTrue(named != null, "rig boards: -D" + PROPERTY + "=/path/to/rig.toml names none");
    Path file = Path.of(named);
    dunlin.host.rig.Rig rig = RigFiles.rig(file);
    List<BoardType> wanted = plan.members().stream().map(Member::board).toList();
    assumeTrue(
        rig.types().equals(wanted)
            && rig.topology() == plan.topology()
            && rig.link() == plan.link()
            && rig.host() == LinkKind.UART,
        () -> "rig boards: " + file + " has other boards or wires than " + names(wanted));
    flash(plan, file, rig);
    return QemuRig.closedAfterwards(new DeskFlock(HostCable.open(file, rig), plan));
  }

  private static String names(List<BoardType> boards) {
    return boards.stream().map(BoardType::name).collect(Collectors.joining(", "));
  }

  /** From the root outwards. */
  private static void flash(Plan plan, Path file, dunlin.host.rig.Rig rig) {
    String root = RigFiles.desk(file, rig).port(0).orElse("rank 0");
    FlockFlasher flasher = FlockFlasher.overSerial(false, Progress.NONE);
    List<NodeImage> images = Compiler.compile(plan);
    for (int rank = 0; rank < images.size(); rank++) {
      flasher.flash(
          FlashJob.ofImage(
              rank,
              plan.members().get(rank).board(),
              root,
              rig.boards().get(rank).uid(),
              plan.wiring().route(rank),
              images.get(rank).bytes()));
    }
  }
}
