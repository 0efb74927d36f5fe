package dunlin.boards.stm32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.EmulatedSpi;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.SpiLink;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The drivers and the emulated HAL's link: the same writes put the same bytes on the wires. */
class SpiProtocolPropertyTest {
  private static final BoardSpec.SpiSpec SPI =
      new BoardSpec.SpiSpec(SpiWires.RECEIVE_QUEUE, SpiWires.QUEUE, 10_000_000, 10_000);

  /** Positive numbers are written by the master, negative ones by the slave. */
  @Property(tries = 100)
  void shouldClockWhatTheEmulatedLinkClocks(
      @ForAll SpiGenerations masterChip,
      @ForAll SpiGenerations slaveChip,
      @ForAll @Size(max = 20) List<@IntRange(min = -300, max = 300) Integer> writes) {
    SpiWires wires = new SpiWires(masterChip, slaveChip);
    Emulation emulation = new Emulation();
    EmulatedSpi master = emulatedPort(emulation, "master");
    EmulatedSpi slave = emulatedPort(emulation, "slave");
    SpiLink link = (SpiLink) emulation.wire(master, slave);
    Random random = new Random(1);
    for (int write : writes) {
      byte[] bytes = new byte[Math.abs(write)];
      random.nextBytes(bytes);
      boolean down = write > 0;
      int accepted = (down ? wires.master() : wires.slave()).write(bytes, 0, bytes.length);
      assertEquals((down ? master : slave).write(bytes, 0, bytes.length), accepted);
      wires.run();
      emulation.runUntil(emulation.now() + 1_000_000);
      assertArrayEquals(received(slave), received(wires.slave()));
      assertArrayEquals(received(master), received(wires.master()));
    }
    int clocked = wires.transfers().stream().mapToInt(Integer::intValue).sum();
    assertEquals(link.clockedBytes(), clocked);
    assertEquals(0, wires.master().errors() + wires.slave().errors());
  }

  private static EmulatedSpi emulatedPort(Emulation emulation, String name) {
    Machine asleep = (now, wake) -> {};
    BoardSpec spec =
        new BoardSpec(
            name,
            new BoardSpec.FlashSpec(8, 8, 8, 0, 0),
            List.of(),
            List.of(),
            List.of(SPI),
            0,
            0,
            List.of(0, 0, 0),
            0);
    EmulatedBoard board = emulation.add(spec, on -> asleep);
    return board.spi(0);
  }

  private static byte[] received(Port port) {
    byte[] bytes = new byte[port.available()];
    port.read(bytes, 0, bytes.length);
    return bytes;
  }
}
