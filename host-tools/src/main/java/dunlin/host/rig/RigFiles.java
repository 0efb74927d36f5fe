package dunlin.host.rig;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import dunlin.boards.Unreadable;
import dunlin.boards.sni.MicroEjBuild;
import dunlin.host.pi.PiPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code rig.toml}, which is committed, and {@code rig.local.toml} beside it, which is not.
 */
public final class RigFiles {
  private static final String REMEDY = "docs/rigs.md shows every key";
  private static final String SUFFIX = ".toml";

  /** No rig file of people is that long. */
  private static final long MOST_BYTES = 1 << 20;

  private static final int SLOWEST = 1200;

  /** What no USB adapter exceeds. */
  private static final int FASTEST = 12_000_000;

  /** GPIO lines of a Raspberry Pi's header (BCM numbers). */
  private static final int LAST_LINE = 27;

  private static final int LAST_BUS = 6;

  private RigFiles() {}

  /**
   * What the flock is.
   *
   * @throws Refusal if the file is not there, or anything in it is wrong or ambiguous
   */
  public static Rig rig(Path file) {
    return rig(file.toString(), text(file, "write one with: dunlin rig init"));
  }

  /** As {@link #rig(Path)}, from the file's text. */
  static Rig rig(String name, String toml) {
    TomlFile file = new TomlFile(name, toml, REMEDY);
    Rig rig = file.read(Rig.class);
    checkBoards(file, rig);
    file.expect("context", rig.context(), 1, 65_535);
    file.expect("stages", rig.stages(), 1, rig.boards().size());
    file.expect("baud", rig.baud(), SLOWEST, FASTEST);
    if (rig.trust() != null) {
      file.refuseBlank("trust.key", rig.trust().key(), "a public key is due");
      file.refuseBlank(
          "trust.manifest", rig.trust().manifest(), "what dunlin build --sign wrote is due");
      file.expect("trust.release", rig.trust().release(), 0, Integer.MAX_VALUE);
    }
    return rig;
  }

  /** Where it is said which port is which, for a rig file. */
  public static Path localFile(Path file) {
    String name = file.getFileName().toString();
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return file.resolveSibling(stem + ".local" + SUFFIX);
  }

  /**
   * What is plugged in where.
   *
   * @param file of the rig
   * @throws Refusal if there is no local file beside it, or anything in it is wrong or ambiguous
   */
  public static Desk desk(Path file, Rig rig) {
    Path local = localFile(file);
    return desk(
        local.toString(),
        text(local, "say there which port is which: dunlin rig init writes a first one"),
        rig);
  }

  /** As {@link #desk(Path, Rig)}, from the file's text. */
  static Desk desk(String name, String toml, Rig rig) {
    TomlFile file = new TomlFile(name, toml, REMEDY);
    Desk desk = file.read(Desk.class);
    for (int i = 0; i < desk.ports().size(); i++) {
      file.expect("ports[" + i + "].rank", desk.ports().get(i).rank(), 0, rig.boards().size() - 1);
      file.refuseBlank(
          "ports[" + i + "].port", desk.ports().get(i).port(), "dunlin ports lists what there is");
    }
    file.refuseTwice("ports", "rank", desk.ports().size(), i -> desk.ports().get(i).rank());
    file.refuseTwice("ports", "port", desk.ports().size(), i -> desk.ports().get(i).port());
    if (desk.raspberryPi() != null) {
      checkLines(file, desk.raspberryPi());
    }
    return desk;
  }

  private static void checkBoards(TomlFile file, Rig rig) {
    int count = rig.boards().size();
    if (count == 0) {
      throw file.refusal("boards", "there is no board");
    }
    for (int i = 0; i < count; i++) {
      String key = "boards[" + i + "]";
      checkType(file, key + ".type", rig.boards().get(i).type());
      file.expect(key + ".rank", rig.boards().get(i).rank(), 0, count - 1);
    }
    file.refuseTwice("boards", "rank", count, i -> rig.boards().get(i).rank());
    file.refuseTwice("boards", "uid", count, i -> rig.boards().get(i).uid());
    for (int i = 0; i < count; i++) {
      if (rig.boards().get(i).rank() != i) {
        throw file.refusal(
            "boards[" + i + "].rank", rig.boards().get(i).rank() + ", where " + i + " is due");
      }
    }
  }

  private static void checkType(TomlFile file, String key, String name) {
    if (!BoardTypes.NAMES.contains(name)) {
      throw file.refusal(
          key, "no board is called so, there are " + String.join(", ", BoardTypes.NAMES));
    }
    if (BoardTypes.named(name).chip() == null && !name.equals(MicroEjBuild.BOARD)) {
      List<String> known = new ArrayList<>(BoardTypes.withFirmware());
      known.add(MicroEjBuild.BOARD);
      throw file.refusal(key, name + " has no firmware, there are " + String.join(", ", known));
    }
  }

  private static void checkLines(TomlFile file, PiPins pi) {
    String table = "raspberry-pi";
    Integer[] lines = {pi.select(), pi.ready(), pi.boot0(), pi.reset()};
    String[] names = {"select", "ready", "boot0", "reset"};
    for (int i = 0; i < lines.length; i++) {
      file.expect(table + "." + names[i], lines[i], 0, LAST_LINE);
      for (int before = 0; before < i; before++) {
        if (lines[i] != null && lines[i].equals(lines[before])) {
          throw file.refusal(
              table + "." + names[i], lines[i] + " is the line of " + names[before] + " too");
        }
      }
    }
    file.expect(table + ".bus", pi.bus(), 0, LAST_BUS);
  }

  private static String text(Path file, String remedy) {
    try {
      if (!Files.exists(file)) {
        throw new Refusal(file + ": is not there", remedy);
      }
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new Refusal(file + ": is no rig file", REMEDY);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }
}
