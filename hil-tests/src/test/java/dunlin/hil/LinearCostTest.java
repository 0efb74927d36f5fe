package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.qemu.HostLine;
import dunlin.boards.qemu.QemuBoard;
import dunlin.boards.qemu.QemuBoards.Time;
import dunlin.kernels.LinearDsp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions of whole kernel calls on a Cortex-M4: exact, and the same on every machine. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class LinearCostTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @ParameterizedTest
  @CsvSource({
    "1, 512, 512, linear-row",
    "16, 512, 512, linear-rows",
    "1, 64, 172, linear-row-64-172",
    "1, 172, 64, linear-row-172-64",
  })
  void shouldTakeFewInstructions(int rows, int inputs, int outputs, String budget) {
    ByteBuffer image =
        ByteBuffer.allocate(LinearCost.DATA + LinearDsp.weightBytes(inputs, outputs));
    image.order(ByteOrder.LITTLE_ENDIAN);
    image.putInt(LinearCost.ROWS, rows);
    image.putInt(LinearCost.INPUTS, inputs);
    image.putInt(LinearCost.OUTPUTS, outputs);
    QemuBoard board =
        QemuRig.boot(
            BoardTypes.named("stm32f405"), LinearCost.class, image.array(), Time.INSTRUCTIONS);
    HostLine line = board.host(0);
    assertTrue(line.await(4, PATIENCE_MILLIS), () -> "trap " + board.trap());
    byte[] count = new byte[4];
    line.read(count, 0, 4);
    int instructions = ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getInt();
    Budget.named(budget).check((double) instructions / rows / inputs / outputs);
  }
}
