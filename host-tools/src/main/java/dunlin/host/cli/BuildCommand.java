package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.sni.MicroEjBuild;
import dunlin.host.flock.ImportedNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Model to image files; or, without a model, firmware. */
@Command(
    name = "build",
    description = "Builds a model's images, or without --model the firmware.",
    footer = "Examples: dunlin build | dunlin build --model stint --nodes 4 --board stm32f405")
final class BuildCommand implements Runnable {
  private static final Set<String> OF_FIRMWARE =
      Set.of("--rig", "--board", "--output", "--json", "--verbose");

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder, made if missing, or one image's FILE.img.")
  private String output = "";

  @Mixin private SignOption sign;
  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    if (model.named()) {
      images();
    } else {
      firmware();
    }
  }

  private void images() {
    sign.check();
    ImportedNetwork source = model.network(flock.model());
    ImageFiles files = new ImageFiles(output, source.name(), flock.boards(model.flock()));
    files.check();
    Built built =
        Built.of(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    Map<Path, byte[]> signed = sign.wanted() ? sign.files(files.manifest(), built) : Map.of();
    files.write(built.images(), signed);
    ImagesReport report =
        ImagesReport.of(built, files.paths(), sign.wanted() ? files.manifest() : null);
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  /** For each type of board that is named. */
  private void firmware() {
    refuseOptionsOfImages();
    List<BoardType> types = flock.boards(DefaultFlock.BUNDLED).stream().distinct().toList();
    Path folder = Path.of(output);
    WholeFile.checkFolder(folder);
    if (types.size() == 1 && types.get(0).name().equals(MicroEjBuild.BOARD)) {
      managed(folder);
      return;
    }
    refuseManaged(types);
    checkFirmware(types);
    List<FirmwareReport> reports = new ArrayList<>();
    new ProgressBars()
        .during(
            "building firmware",
            types.size(),
            done -> {
              for (BoardType type : types) {
                reports.add(FirmwareReport.of(type, FirmwareBuild.build(type, folder)));
                done.accept(reports.size());
              }
              return reports;
            });
    json.write(Map.of("firmware", reports));
    if (json.textIsWanted()) {
      reports.forEach(report -> report.print(spec.commandLine().getOut()));
    }
  }

  /** The node as managed code, and its kernels. */
  private void managed(Path folder) {
    MicroEjBuild built =
        new ProgressBars()
            .during(
                "building for MicroEJ",
                1,
                done -> {
                  MicroEjBuild all = MicroEjBuild.build(folder);
                  done.accept(1);
                  return all;
                });
    MicroEjReport report = MicroEjReport.of(built);
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  /** Firmware is the same for any plan: an option that would be ignored is a mistake. */
  private void refuseOptionsOfImages() {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!OF_FIRMWARE.contains(option.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            option.longestName() + " is for a model's images: name the model with --model");
      }
    }
  }

  /** It is a library, in a folder of its own. */
  private void refuseManaged(List<BoardType> types) {
    if (types.stream().anyMatch(type -> type.name().equals(MicroEjBuild.BOARD))) {
      throw new ParameterException(
          spec.commandLine(),
          "firmware for board %s is built alone: choose --board %1$s for it"
              .formatted(MicroEjBuild.BOARD));
    }
  }

  private void checkFirmware(List<BoardType> types) {
    for (BoardType type : types) {
      if (type.chip() == null) {
        throw new ParameterException(
            spec.commandLine(),
            "no model is named, and %s: name one with --model, or choose --board %s"
                .formatted(type.noFirmware(), String.join(" or ", BoardTypes.withFirmware())));
      }
    }
  }
}
