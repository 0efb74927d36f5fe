package dunlin.host.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a flock runs, as people write it; a file is read when it is asked for. */
final class VenueConverter implements ITypeConverter<RigOption.Choice> {
  @Override
  public RigOption.Choice convert(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "emulated" -> () -> Venue.Emulator.EMULATED;
      case "qemu" -> () -> Venue.Emulator.QEMU;
      default -> file(name);
    };
  }

  private static RigOption.Choice file(String name) {
    Path file = Path.of(name);
    if (!name.endsWith(".toml") && !Files.exists(file)) {
      throw new TypeConversionException("'" + name + "' is neither emulated, qemu nor a rig file");
    }
    return () -> Venue.Boards.of(file);
  }
}
