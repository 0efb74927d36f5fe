package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.serial.ScriptedLine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A cable at whose end nobody answers. */
class DeskFlockSilenceTest {
  private static final LlamaConfig TINY = new LlamaConfig(8, 11, 2, 2, 1, 4, 9, 12, 1e-5, 10_000);
  private static final String REMEDY =
      ": check its power and wiring, and that it runs Dunlin's firmware";

  @Test
  void shouldSayInOneLineThatNothingComes() {
    assertEquals(
        "the node does not answer (scripted: nothing has come)" + REMEDY, refusal(new byte[0]));
  }

  @Test
  void shouldSayThatSomethingCame() {
    byte[] noise = "hello? hello? hello? hello?".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        "the node does not answer (scripted: nothing more has come)" + REMEDY, refusal(noise));
  }

  @Test
  void shouldNameTheTrapThatStoppedTheRoot() {
    String line = "\n! TR 00000001 PC 08001235 LR 08002001 FS 00000000 FA 00000000\n";
    String message = refusal(line.getBytes(StandardCharsets.US_ASCII));
    assertTrue(message.contains("scripted: the root was stopped by a null reference"), message);
  }

  private static String refusal(byte[] bytes) {
    ScriptedLine line = new ScriptedLine(bytes);
    DeskFlock flock =
        new DeskFlock(
            new SerialCable(line),
            Planner.plan(
                SmallModels.quantise(RandomModel.of(TINY, true, 1)),
                BoardTypes.named("stm32f405"),
                PlanOptions.DEFAULT));
    Coordinator coordinator = new Coordinator(flock);
    String message = assertThrows(Refusal.class, coordinator::hello).getMessage();
    assertTrue(line.nanoseconds() < 60_000_000_000L, "a minute is too long");
    assertEquals(flock.wireBytes(), bytes.length + line.written());
    return message;
  }
}
