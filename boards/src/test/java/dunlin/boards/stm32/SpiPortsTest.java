package dunlin.boards.stm32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.hal.Port;
import dunlin.hal.SpiTransfer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two drivers, of any two generations, over modelled shift registers. */
class SpiPortsTest {
  private static final int HEADER = SpiTransfer.HEADER_BYTES;

  @SuppressWarnings("unused") // by MethodSource
  private static List<Object[]> pairs() {
    return SpiGenerations.pairs();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldBringTheMastersBytesToTheSlave(SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    byte[] sent = send(wires.master(), 100, 1);
    wires.run();
    assertArrayEquals(sent, received(wires.slave()));
    assertEquals(0, wires.master().available());
    assertEquals(List.of(HEADER + 100), wires.transfers());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldBringTheSlavesBytesToTheMasterWhichItAsksForATransfer(
      SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    byte[] sent = send(wires.slave(), SpiWires.QUEUE, 2);
    wires.run();
    assertArrayEquals(sent, received(wires.master()));
    assertFalse(wires.ready());
    assertEquals(List.of(HEADER + SpiWires.QUEUE), wires.transfers());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldCarryBothWaysAtOnceAndDropTheFiller(SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    byte[] down = send(wires.master(), 20, 3);
    byte[] up = send(wires.slave(), 50, 4);
    wires.run();
    assertArrayEquals(down, received(wires.slave()));
    assertArrayEquals(up, received(wires.master()));
    assertEquals(List.of(HEADER + 50), wires.transfers());
    assertEquals(0, wires.master().errors() + wires.slave().errors());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldCarryOnOverManyTransfers(SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      byte[] down = send(wires.master(), random.nextInt(SpiWires.QUEUE), i);
      wires.run(random.nextInt(60));
      byte[] up = send(wires.slave(), random.nextInt(SpiWires.QUEUE), -i);
      wires.run();
      assertArrayEquals(down, received(wires.slave()));
      assertArrayEquals(up, received(wires.master()));
    }
    assertEquals(0, wires.master().errors() + wires.slave().errors());
  }

  /** What was queued while a transfer was under way goes with the next. */
  @ParameterizedTest
  @MethodSource("pairs")
  void shouldTakeItsRoomUntilATransferEnds(SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    send(wires.master(), 200, 6);
    wires.run(HEADER + 10);
    assertEquals(SpiWires.QUEUE - 200, wires.master().writable());
    assertEquals(72, wires.master().write(new byte[100], 0, 100));
    assertEquals(0, wires.master().writable());
    wires.run();
    assertEquals(List.of(HEADER + 200, HEADER + 72), wires.transfers());
    assertEquals(SpiWires.QUEUE, wires.master().writable());
    assertEquals(272, wires.slave().available());
  }

  /** RM0090, 28.3.5: a byte that waits in the data register would be the next transfer's first. */
  @ParameterizedTest
  @MethodSource("pairs")
  void shouldCountATransferThatIsCutShortAsFarAsItWasClocked(SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    byte[] cut = send(wires.master(), 30, 7);
    send(wires.slave(), 40, 8);
    wires.run(HEADER + 10);
    wires.abort();
    assertArrayEquals(Arrays.copyOf(cut, 10), received(wires.slave()));
    assertFalse(wires.ready());

    wires.resetMaster();
    byte[] next = send(wires.slave(), 5, 11);
    wires.run();
    assertArrayEquals(next, received(wires.master()));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldCountWhatFindsTheReceiveQueueFull(SpiGenerations a, SpiGenerations b) {
    SpiWires wires = new SpiWires(a, b);
    for (int i = 0; i < 4; i++) {
      send(wires.master(), SpiWires.QUEUE, i);
      wires.run();
    }
    assertEquals(4 * SpiWires.QUEUE - SpiWires.RECEIVE_QUEUE, wires.slave().errors());
    assertEquals(SpiWires.RECEIVE_QUEUE, wires.slave().available());
  }

  /** The master is alone: the line to it is pulled up, which is no header. */
  @Test
  void shouldCountAHeaderThatIsNone() {
    SpiWires wires = new SpiWires(SpiGenerations.F4, SpiGenerations.F4);
    wires.disconnectSlave();
    send(wires.master(), 10, 9);
    wires.run();
    assertEquals(1, wires.master().errors());
    assertEquals(0, wires.master().available());
    assertEquals(List.of(HEADER + 10), wires.transfers());
  }

  /** The slave had its bytes before the master listened: there is no edge to wake it. */
  @Test
  void shouldSeeALineThatWasHighBeforeItLooked() {
    SpiWires wires = new SpiWires(SpiGenerations.H7, SpiGenerations.L4);
    byte[] sent = send(wires.slave(), 5, 10);
    wires.loseEdges();
    wires.run();
    assertArrayEquals(sent, received(wires.master()));
  }

  @Test
  void shouldLetUartsInterruptIt() {
    RegisterModel registers = new RegisterModel();
    dunlin.boards.cortexm.Nvic.enableLater(registers, SpiWires.INTERRUPT);
    assertEquals(0x80 << 24, registers.value(0xE000E400 + 32));
    assertEquals(1 << 3, registers.value(0xE000E104));
    assertTrue(registers.order().indexOf(0xE000E420) < registers.order().indexOf(0xE000E104));
  }

  private static byte[] send(Port port, int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    assertEquals(count, port.write(bytes, 0, count));
    return bytes;
  }

  private static byte[] received(Port port) {
    byte[] bytes = new byte[port.available()];
    assertEquals(bytes.length, port.read(bytes, 0, bytes.length));
    return bytes;
  }
}
