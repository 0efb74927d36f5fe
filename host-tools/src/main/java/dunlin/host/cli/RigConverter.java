package dunlin.host.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rig as people write it. */
final class RigConverter implements ITypeConverter<Rig> {
  @Override
  public Rig convert(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "emulated" -> Rig.EMULATED;
      case "qemu" -> Rig.QEMU;
      default -> throw new TypeConversionException("'" + name + "' is neither emulated nor qemu");
    };
  }
}
