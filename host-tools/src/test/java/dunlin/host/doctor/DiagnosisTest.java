package dunlin.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardTypes;
import dunlin.boards.Uid;
import dunlin.firmware.Frame;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.doctor.Finding.State;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Greeting;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was observed, what is said of it, and what is to be done. */
class DiagnosisTest {
  private static final int BAUD = 3_000_000;
  private static final byte[] NOTHING = {};
  private static final byte[] HELLO = new Greeting().bytes();
  private static final LlamaConfig TINY = new LlamaConfig(8, 11, 2, 2, 1, 4, 9, 12, 1e-5, 10_000);

  @Test
  void shouldTellABootloaderByItsAnswers() {
    byte[] commands = {0x79, 0x0B, 0x31, 0x00, 0x01, 0x02};
    assertWrong(
        "BOOT0 is high: the ROM's bootloader answers, version 3.1",
        "flash now; to run, pull BOOT0 low and reset",
        after(0x79, commands));
    assertEquals(
        Diagnosis.of(after(0x79, commands)),
        Diagnosis.of(after(0x1F, commands)),
        "it had been started before");
  }

  @Test
  void shouldMissTheParityWhereOnlyTheFirstByteIsUnderstood() {
    for (byte[] toGet : List.of(NOTHING, new byte[] {0x1F})) {
      assertWrong(
          "a bootloader answers 0x7F, which has the same bits with and without parity,"
              + " but no command",
          "the line must carry even parity (8E1): use another adapter, and connect nothing between",
          after(0x79, toGet));
    }
  }

  @Test
  void shouldRecogniseItsOwnEcho() {
    assertWrong(
        "what is sent comes back: TX is joined to RX",
        "wire the adapter's TX to the board's RX and its RX to the board's TX; no jumper between",
        seen(new byte[] {0x7F}, NOTHING, Map.of(BAUD, HELLO)));
  }

  @Test
  void shouldTellANodeThatRuns() {
    Observation seen = seen(NOTHING, NOTHING, Map.of(BAUD, answer(true)));
    assertEquals(
        new Finding(
            "tty", State.GOOD, "a node runs: rank 0 of 1, board 656d756c6174656400000000", null),
        Diagnosis.of(seen));
    assertEquals(Optional.of(new Uid(0x656D756C, 0x61746564, 0)), Diagnosis.uid(seen));
  }

  @Test
  void shouldTellANodeWithoutImage() {
    assertWrong(
        "the node holds no image",
        "build one and flash it",
        seen(NOTHING, NOTHING, Map.of(BAUD, answer(false))));
  }

  @Test
  void shouldTellTheRateAtWhichANodeTalks() {
    assertWrong(
        "a node talks at 921600 baud, not at 3000000",
        "say baud = 921600 in the rig file, or flash firmware that is built for it",
        seen(NOTHING, NOTHING, Map.of(BAUD, NOTHING, 921_600, answer(true))));
  }

  @Test
  void shouldTellBytesThatAreNoFrames() {
    String remedy =
        "join the grounds, shorten the wires, lower baud; see that it runs Dunlin's firmware";
    byte[] noise = {(byte) 0xE0, 0x1C, 0x00, (byte) 0xFF};
    String what = "bytes come that are no frames at any rate";
    assertWrong(what, remedy, seen(NOTHING, NOTHING, Map.of(BAUD, noise)));
    assertWrong(what, remedy, seen(noise, NOTHING, Map.of(BAUD, NOTHING)));
    byte[] cut = Arrays.copyOf(answer(true), Frame.MAX_BYTES / 8);
    assertWrong(what, remedy, seen(NOTHING, NOTHING, Map.of(BAUD, cut)));
  }

  @Test
  void shouldTellATrap() {
    byte[] line =
        "! TR 00000001 PC 08001235 LR 08002001 FS 00000000 FA 00000000\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertWrong(
        "the firmware was stopped by a null reference at 0x8001232 called from 0x8001ffe",
        "flash the firmware again; if it comes back, report it",
        seen(NOTHING, NOTHING, Map.of(BAUD, line)));
  }

  @Test
  void shouldListWhatToTryWhereNothingComes() {
    assertWrong(
        "nothing comes back",
        "see that it has power and a common ground, exchange RX and TX, pull BOOT0 low and reset",
        seen(NOTHING, NOTHING, Map.of(BAUD, NOTHING, 115_200, NOTHING)));
  }

  @Test
  void shouldNeedTheCrossCompilerOnly() {
    assertEquals(
        List.of(State.WRONG, State.OPTIONAL, State.OPTIONAL),
        Tools.check(Set.of()::contains).stream().map(Finding::state).toList());
    assertEquals(
        List.of(State.GOOD, State.GOOD, State.GOOD),
        Tools.check(Set.of("arm-none-eabi-gcc", "qemu-system-arm", "st-flash")::contains).stream()
            .map(Finding::state)
            .toList());
  }

  private static Observation after(int toSync, byte[] toGet) {
    return seen(new byte[] {(byte) toSync}, toGet, Map.of());
  }

  private static Observation seen(byte[] toSync, byte[] toGet, Map<Integer, byte[]> toHello) {
    return new Observation("tty", BAUD, toSync, toGet, HELLO, toHello);
  }

  private static void assertWrong(String what, String remedy, Observation seen) {
    assertEquals(new Finding("tty", State.WRONG, what, remedy), Diagnosis.of(seen));
  }

  /** What an emulated board answers to a HELLO. */
  private static byte[] answer(boolean holdsAnImage) {
    Plan plan =
        Planner.plan(
            SmallModels.quantise(RandomModel.of(TINY, true, 1)),
            BoardTypes.named("emulated"),
            PlanOptions.DEFAULT);
    NodeImage good = Compiler.compile(plan).get(0);
    byte[] bytes = holdsAnImage ? good.bytes() : new byte[good.bytes().length];
    EmulatedFlock flock = new EmulatedFlock(plan, List.of(good.with(bytes)));
    flock.port().write(HELLO, 0, HELLO.length);
    flock.await(Frame.MAX_BYTES); // more than it says
    byte[] answer = new byte[flock.port().available()];
    flock.port().read(answer, 0, answer.length);
    return answer;
  }
}
