package dunlin.host.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Uid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** First files are files: what is written can be read. */
class FirstRigTest {
  private static final Uid ONE = new Uid(1, 2, 3);
  private static final Uid OTHER = new Uid(4, 5, 6);
  private static final FoundBoard SILENT = new FoundBoard("/dev/ttyUSB0", "nothing", null, null);
  private static final FoundBoard NODE = new FoundBoard("0483:374b:A", "a node", 0, ONE);

  @Test
  void shouldKeepTheRankThatANodeHas() {
    FirstRig first = FirstRig.of(3, List.of(SILENT, NODE), Optional.empty());
    Rig rig = RigFiles.rig("rig.toml", first.rig("stm32f405"));
    assertEquals(
        List.of(
            new RigBoard(0, "stm32f405", ONE),
            new RigBoard(1, "stm32f405", null),
            new RigBoard(2, "stm32f405", null)),
        rig.boards());
    assertEquals(
        new Desk(
            List.of(new Desk.BoardPort(0, NODE.port()), new Desk.BoardPort(1, SILENT.port())),
            null),
        RigFiles.desk("rig.local.toml", first.desk(), rig));
    assertTrue(first.desk().contains("rank = 1 # a guess"), first.desk());
  }

  @Test
  void shouldSayWhatToFillInWhereNothingIsFound() {
    FirstRig first = FirstRig.of(2, List.of(), Optional.empty());
    Rig rig = RigFiles.rig("rig.toml", first.rig("nucleo-l476rg"));
    assertEquals(2, rig.boards().size());
    assertTrue(first.rig("nucleo-l476rg").contains("# uid = "));
    assertEquals(List.of(), RigFiles.desk("rig.local.toml", first.desk(), rig).ports());
  }

  @Test
  void shouldFindTheRankOfAMicrocontrollerInTheRigFile() {
    FoundBoard flashedForZero = new FoundBoard("a", "a node", 0, OTHER);
    Rig known =
        RigFiles.rig(
            "rig.toml",
            "[[boards]]\nrank = 0\ntype = \"stm32f405\"\nuid = \"%s\"\n[[boards]]\nrank = 1\ntype = \"stm32f405\"\nuid = \"%s\"\n"
                .formatted(ONE, OTHER));
    FirstRig first = FirstRig.of(2, List.of(flashedForZero), Optional.of(known));
    assertEquals(Optional.of("a"), RigFiles.desk("rig.local.toml", first.desk(), known).port(1));
  }

  @Test
  void shouldMentionBoardsThatAreTooMany() {
    FirstRig first = FirstRig.of(1, List.of(NODE, SILENT), Optional.empty());
    assertTrue(first.desk().contains("# and /dev/ttyUSB0: nothing"), first.desk());
  }
}
