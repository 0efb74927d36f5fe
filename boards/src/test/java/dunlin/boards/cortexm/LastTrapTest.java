package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Trap;
import dunlin.boards.runtime.Traps;
import dunlin.hal.Port;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastTrapTest {
  private static final int RECORD = 0x2000_0000;

  private final RegisterModel memory = new RegisterModel();
  private final LastTrap trap = new LastTrap(memory, RECORD);
  private final Slow console = new Slow();

  /** Takes one byte in three tries. */
  private static final class Slow implements Port {
    private final StringBuilder text = new StringBuilder();
    private int tries;
    private boolean stuck;

    @Override
    public int available() {
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int max) {
      return 0;
    }

    @Override
    public int writable() {
      return 1;
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      if (stuck || ++tries % 3 != 0) {
        return 0;
      }
      text.append((char) from[offset]);
      return 1;
    }

    @Override
    public int errors() {
      return 0;
    }
  }

  private void trapped() {
    memory.reset(RECORD, LastTrap.NEW).reset(RECORD + 4, Traps.FAULT);
    memory.reset(RECORD + 8, 0x0800_1234).reset(RECORD + 12, 0x0800_9ABD);
    memory.reset(RECORD + 16, 0x8200).reset(RECORD + 20, 0x3000_DEF0);
  }

  @Test
  void shouldKnowThatNothingHasHappened() {
    assertFalse(LastTrap.isNew(memory, RECORD));
  }

  @Test
  void shouldTellWhatTheHostReads() {
    trapped();
    assertTrue(LastTrap.isNew(memory, RECORD));
    trap.tell(console);
    assertEquals(
        "\n! TR 00000008 PC 08001234 LR 08009abd FS 00008200 FA 3000def0\n",
        console.text.toString());
    Trap expected = new Trap(Traps.FAULT, 0x0800_1234, 0x0800_9ABD, 0x8200, 0x3000_DEF0);
    assertEquals(Optional.of(expected), Trap.last(console.text));
  }

  @Test
  void shouldTellOnce() {
    trapped();
    trap.tell(console);
    assertFalse(LastTrap.isNew(memory, RECORD));
    assertEquals(LastTrap.TOLD, memory.value(RECORD));
  }

  @Test
  void shouldNotWaitForEverForAConsoleThatTakesNothing() {
    trapped();
    console.stuck = true;
    trap.tell(console);
    assertEquals("", console.text.toString());
  }
}
