package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dunlin.boards.BoardTypes;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong command line: exit code 2, one line that says what is wrong, nothing on stdout. */
class MisuseTest {
  @ParameterizedTest
  @MethodSource("wrongCommandLines")
  void shouldSayInOneLineWhatIsWrong(String commandLine, String complaint) {
    Outcome outcome = Outcome.of((Object[]) commandLine.split(" ", -1));
    assertEquals("dunlin: " + complaint + " --help\n", outcome.err());
    assertEquals(2, outcome.code());
    assertEquals("", outcome.out());
  }

  static Stream<Arguments> wrongCommandLines() {
    return Stream.of(
        arguments("rum", noCommand("rum (run?)")),
        arguments("frobnicate --nodes 2", noCommand("frobnicate (evaluate or chat or monitor?)")),
        arguments("run --modle x", "unknown option --modle (--model?): see dunlin run"),
        arguments("run x", "unexpected argument x: see dunlin run"),
        arguments(
            "run --prompt", "Missing required parameter for option '--prompt' (S): see dunlin run"),
        arguments(
            "run --board abacus",
            "Invalid value for option '--board' (B): no board is called abacus: choose one of"
                + " emulated, stm32f405, nucleo-h743zi2, nucleo-l476rg, stm32h750b-dk, mps2-an385,"
                + " mps2-an386, mps2-an500, mps3-an547, siracusa, microej: see dunlin run"),
        arguments(
            "run --weights odd",
            "Invalid value for option '--weights': 'odd' is not plain, packed or helium: see dunlin"
                + " run"),
        arguments(
            "bench attention --shape 4/32/8/32,1/2/3/4",
            "Invalid value for option '--shape' (S/E/H/P): there is no layer 1/2/3/4: choose one of"
                + " 4/32/8/32, 32/64/16/64, 81/32/8/32, 66/16/8/2: see dunlin bench attention"),
        arguments(
            "build --board emulated",
            "no model is named, and there is no firmware for board emulated: name one with --model,"
                + " or choose --board "
                + String.join(" or ", BoardTypes.withFirmware())
                + ": see dunlin build"),
        arguments(
            "build --board stm32h750b-dk",
            "no model is named, and there is no firmware for board stm32h750b-dk, since none drives"
                + " its memory off the chip; it is for plan and run: name one with --model, or"
                + " choose --board "
                + String.join(" or ", BoardTypes.withFirmware())
                + ": see dunlin build"),
        arguments("build --nodes 4", ofImages("--nodes")),
        arguments("build --board stm32f405 --context 9 --json -", ofImages("--context")),
        arguments("run --split ,", share("")),
        arguments(
            "run --rig desk",
            "Invalid value for option '--rig': 'desk' is neither emulated, qemu nor a rig file: see dunlin"
                + " run"),
        arguments("run --split 3,x,1", share("x")),
        arguments("run --split 1,0", share("0")),
        arguments("run --split 1,Infinity", share("Infinity")),
        arguments(
            "run --link i2c",
            "Invalid value for option '--link': 'i2c' is neither uart nor spi: see dunlin run"),
        arguments("run --context 0", count("--context", "0")),
        arguments("run --chunk -1", count("--chunk", "-1")),
        arguments("run --steps 1e3", count("--steps", "1e3")),
        arguments("run --top-k 99999999999", count("--top-k", "99999999999")),
        arguments(
            "plan --top-k 129",
            "Invalid value for option '--top-k': '129' is not a whole number from 1 to 128: see"
                + " dunlin plan"),
        arguments(
            "run --temperature NaN",
            "Invalid value for option '--temperature': a temperature of NaN: choose 0 (greedy) to"
                + " 256: see dunlin run"),
        arguments(
            "run --temperature warm",
            "Invalid value for option '--temperature': 'warm' is not a number: see dunlin run"),
        arguments(
            "run --seed x",
            "Invalid value for option '--seed': 'x' is not a whole number from -2^63 to 2^63 - 1: see"
                + " dunlin run"),
        arguments("sweep --nodes 1..2..4", nodes("'1..2..4' has more than two ends: write 4..64")),
        arguments("sweep --nodes 8..4", nodes("'8..4' is empty: write the smaller one first")),
        arguments("sweep --nodes 1,,2", nodes("'' is not a whole number from 1")),
        arguments("inspect", "Missing required parameter: 'FILE': see dunlin inspect"),
        arguments("reproduce", "reproduce what? distributed or tiny: see dunlin reproduce"),
        arguments(
            "evaluate",
            "give --text FILE, or for an encoder --labelled PATH or --squad FILE: see dunlin"
                + " evaluate"),
        arguments(
            "classify --model bert-tiny",
            "give what to classify: --input FILE, or --text TEXT: see dunlin classify"),
        arguments(
            "answer --question Q",
            "give a text to look in: --context TEXT, or else --context-file FILE: see dunlin"
                + " answer"),
        arguments(
            "answer --context T", "Missing required option: '--question=Q': see dunlin answer"),
        arguments(
            "answer --question Q --context T --stride 0",
            "Invalid value for option '--stride': '0' is not a whole number from 1: see dunlin"
                + " answer"),
        arguments("answer --question  --context T", "--question holds no text: see dunlin answer"),
        arguments("answer --question Q --context ", "--context holds no text: see dunlin answer"),
        arguments("classify --text ", "--text holds no text: see dunlin classify"),
        arguments(
            "inspect --model stint",
            "--model is not needed here: type dunlin inspect stint: see dunlin inspect"),
        arguments(
            "build --board microej,stm32f405",
            "firmware for board microej is built alone: choose --board microej for it: see dunlin"
                + " build"),
        arguments(
            "evaluate --text x --tokens 1",
            "--tokens 1 leaves nothing to predict: see dunlin evaluate"));
  }

  private static String noCommand(String name) {
    return "no command is called %s, there are run, monitor, chat, classify, answer, plan, report, sweep, build, flash, verify, inspect, evaluate, bench, reproduce, rig, ports, doctor: see dunlin"
        .formatted(name);
  }

  private static String ofImages(String option) {
    return option + " is for a model's images: name the model with --model: see dunlin build";
  }

  private static String nodes(String complaint) {
    return "Invalid value for option '--nodes': " + complaint + ": see dunlin sweep";
  }

  private static String share(String text) {
    return ("Invalid value for option '--split': '%s' is not a number above 0; give one for each"
            + " node, as 3,2,1: see dunlin run")
        .formatted(text);
  }

  private static String count(String option, String value) {
    return "Invalid value for option '%s': '%s' is not a whole number from 1: see dunlin run"
        .formatted(option, value);
  }
}
