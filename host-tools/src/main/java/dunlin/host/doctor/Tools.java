package dunlin.host.doctor;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The programs that Dunlin has others do its work with. */
public final class Tools {
  private static final List<String> PROGRAMMERS =
      List.of("openocd", "st-flash", "STM32_Programmer_CLI");

  private Tools() {}

  /**
   * Looks for them.
   *
   * @param installed whether a program is there
   */
  public static List<Finding> check(Predicate<String> installed) {
    return Stream.concat(
            Stream.of(
                installed.test("arm-none-eabi-gcc")
                    ? Finding.good("cross-compiler", "arm-none-eabi-gcc builds firmware")
                    : Finding.wrong(
                        "cross-compiler",
                        "arm-none-eabi-gcc is not there: no firmware can be built",
                        "type: sudo apt install gcc-arm-none-eabi libnewlib-arm-none-eabi"),
                installed.test("qemu-system-arm")
                    ? Finding.good("QEMU", "qemu-system-arm runs boards without boards")
                    : Finding.optional(
                        "QEMU",
                        "qemu-system-arm is not there: --rig qemu and bench need it",
                        "type: sudo apt install qemu-system-arm")),
            Stream.of(programmer(installed)))
        .toList();
  }

  /** Any will do. */
  private static Finding programmer(Predicate<String> installed) {
    return PROGRAMMERS.stream()
        .filter(installed)
        .findFirst()
        .map(found -> Finding.good("ST-LINK", found + " flashes through it"))
        .orElseGet(
            () ->
                Finding.optional(
                    "ST-LINK",
                    "neither OpenOCD, st-flash nor STM32_Programmer_CLI is there:"
                        + " boards can be flashed by their ROM's bootloader only",
                    "type: sudo apt install openocd"));
  }
}
