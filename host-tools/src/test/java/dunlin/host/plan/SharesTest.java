package dunlin.host.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SharesTest {
  private static final BoardType SLOW = BoardTypes.named("nucleo-l476rg");
  private static final BoardType FAST = BoardTypes.named("nucleo-h743zi2");
  private static final List<BoardType> TYPES =
      List.of(SLOW, FAST, BoardTypes.named("stm32f405"), BoardTypes.named("mps3-an547"));

  @Property
  void shouldFinishTogetherButWhereABoardIsFull(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 3) Integer> types,
      @ForAll @DoubleRange(min = 0.01, max = 0.8) double filled) {
    List<BoardType> boards = types.stream().map(TYPES::get).toList();
    double[] rates = boards.stream().mapToDouble(board -> board.performance().hertz()).toArray();
    long bytes = (long) (boards.stream().mapToLong(BoardType::imageBytes).sum() * filled);
    double[] shares = Shares.of(boards, rates, bytes);
    assertEquals((double) bytes, Arrays.stream(shares).sum(), 1);
    double longest = 0;
    for (int i = 0; i < shares.length; i++) {
      longest = Math.max(longest, shares[i] / rates[i]);
    }
    for (int i = 0; i < shares.length; i++) {
      assertTrue(shares[i] <= boards.get(i).imageBytes());
      boolean full = shares[i] >= boards.get(i).imageBytes() * 0.849;
      assertTrue(full || shares[i] / rates[i] > longest * (1 - 1e-9), "idle, and not full");
    }
  }

  @Example
  void shouldGiveAFasterBoardMore() {
    double[] shares = Shares.of(List.of(SLOW, FAST), 100_000);
    assertTrue(shares[1] > 4 * shares[0], Arrays.toString(shares));
  }

  @Example
  void shouldGiveEqualSharesWhereItIsNotKnownHowFastABoardIs() {
    List<BoardType> boards = List.of(SLOW, BoardTypes.named("emulated"), FAST);
    assertArrayEquals(new double[] {100, 100, 100}, Shares.of(boards, 300), 1e-9);
  }

  @Example
  void shouldFillAllBoardsWhereThereIsTooLittleRoom() {
    double[] shares = Shares.of(List.of(SLOW, FAST), 1L << 40);
    assertEquals(shares[0] / SLOW.imageBytes(), shares[1] / FAST.imageBytes(), 1e-9);
  }
}
