package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OpTest {
  @Test
  void shouldCountTheRowsOfAPassByName() {
    assertEquals(5, Op.rows(Op.ALL, 5));
    assertEquals(1, Op.rows(Op.LAST, 5));
    assertEquals(4, Op.rows(Op.ALL_BUT_LAST, 5));
    assertEquals(3, Op.rows(-3, 5));
  }

  @Test
  void shouldCountAsManyRowsOfATileAsThePassHas() {
    int tile = Op.tile(8, 4);
    assertEquals(4, Op.rows(tile, 100));
    assertEquals(4, Op.rows(tile, 12));
    assertEquals(3, Op.rows(tile, 11));
    assertEquals(1, Op.rows(tile, 9));
    assertEquals(0, Op.rows(tile, 8));
    assertEquals(0, Op.rows(tile, 1));
  }

  @Test
  void shouldTileTheLongestPassThatHasTiles() {
    int most = Op.MOST_TILED;
    assertEquals(most, Op.rows(Op.tile(0, most), most));
    assertEquals(1, Op.rows(Op.tile(most, most), most + 1));
    assertEquals(most, Op.rows(Op.tile(most, most), 2 * most));
  }

  @Test
  void shouldTellTilesFromAllElseThatRowsSay() {
    assertTrue(Op.isTile(Op.tile(0, 1)));
    assertTrue(Op.isTile(Op.tile(Op.MOST_TILED, Op.MOST_TILED)));
    for (int which : new int[] {Op.ALL, Op.LAST, Op.ALL_BUT_LAST, -1, -65_535}) {
      assertFalse(Op.isTile(which));
    }
  }
}
