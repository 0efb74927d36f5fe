package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Both ends of an SPI link as managed code has them: its ports, over dunlin_port.c and a wire
 * between two copies of it.
 */
@Tag("slow")
class ManagedSpiTest {
  private static final int SPI = BoardTypes.named(DesktopSni.BOARD).uart().count();
  private static final int BYTES = 100_000;

  private ManagedDesk above;
  private ManagedDesk below;
  private Handle master;

  /** A port of managed code, whose classes only its own loader has. */
  private record Handle(Object port) {
    static Handle open(ManagedDesk desk, String type, int number)
        throws ReflectiveOperationException {
      Class<?> port = desk.getClass().getClassLoader().loadClass("dunlin.boards.microej." + type);
      Constructor<?> constructor = port.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      return new Handle(constructor.newInstance(number));
    }

    int write(byte[] bytes) throws ReflectiveOperationException {
      return (int) call("write", bytes, 0, bytes.length);
    }

    byte[] read() throws ReflectiveOperationException {
      byte[] bytes = new byte[(int) call("available")];
      call("read", bytes, 0, bytes.length);
      return bytes;
    }

    Object call(String name, Object... arguments) throws ReflectiveOperationException {
      Method method =
          Arrays.stream(port.getClass().getDeclaredMethods())
              .filter(m -> m.getName().equals(name))
              .findFirst()
              .orElseThrow();
      method.setAccessible(true);
      return method.invoke(port, arguments);
    }
  }

  @BeforeEach
  void wire() throws ReflectiveOperationException {
    DesktopSni sni = DesktopSni.built();
    above = ManagedLoader.desk(sni, UnaryOperator.identity());
    below = ManagedLoader.desk(sni, UnaryOperator.identity());
    above.wireSpi(below.spiEnd());
    below.wireSpi(above.spiEnd());
    master = Handle.open(above, "Spi", 0);
  }

  @Test
  void shouldCarryWhatEitherEndWrites() throws ReflectiveOperationException {
    Handle slave = Handle.open(below, "Uart", SPI);
    Random random = new Random(1);
    byte[] down = new byte[BYTES];
    byte[] up = new byte[BYTES];
    random.nextBytes(down);
    random.nextBytes(up);
    ByteArrayOutputStream arrivedDown = new ByteArrayOutputStream();
    ByteArrayOutputStream arrivedUp = new ByteArrayOutputStream();
    int sentDown = 0;
    int sentUp = 0;
    while (arrivedDown.size() < BYTES || arrivedUp.size() < BYTES) {
      sentDown += master.write(piece(down, sentDown, random));
      sentUp += slave.write(piece(up, sentUp, random));
      master.call("exchange");
      arrivedDown.writeBytes(slave.read());
      arrivedUp.writeBytes(master.read());
    }
    assertArrayEquals(down, arrivedDown.toByteArray());
    assertArrayEquals(up, arrivedUp.toByteArray());
    assertEquals(0, master.call("errors"));
    assertEquals(0, slave.call("errors"));
    assertFalse((boolean) master.call("exchange"), "neither has anything");
  }

  /** Often nothing, and sometimes more than a transfer takes. */
  private static byte[] piece(byte[] all, int from, Random random) {
    int size = random.nextBoolean() ? 0 : random.nextInt(400);
    return Arrays.copyOfRange(all, from, Math.min(all.length, from + size));
  }

  @Test
  void shouldCountAnErrorWhereNobodyDrivesTheLine() throws ReflectiveOperationException {
    master.write(new byte[] {1, 2, 3});
    assertTrue((boolean) master.call("exchange"));
    assertEquals(1, master.call("errors"));
    assertEquals(0, master.call("available"));
    Handle slave = Handle.open(below, "Uart", SPI);
    master.write(new byte[] {4, 5});
    master.call("exchange");
    assertArrayEquals(new byte[] {4, 5}, slave.read());
    assertEquals(1, master.call("errors"));
  }
}
