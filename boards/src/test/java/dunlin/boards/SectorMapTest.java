package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.SectorMap.Sector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where sectors lie. */
class SectorMapTest {
  private final SectorMap f405 = SectorMap.of(BoardTypes.named("stm32f405").chip());

  @Test
  void shouldLaySectorsOfAllSizesOneAfterTheOther() {
    assertEquals(12, f405.all().size());
    assertEquals(1 << 20, f405.bytes());
    assertEquals(16_384, f405.leastBytes());
    assertEquals(new Sector(3, 0x0800_C000L, 16_384), f405.all().get(3));
    assertEquals(new Sector(4, 0x0801_0000L, 65_536), f405.all().get(4));
    assertEquals(new Sector(11, 0x080E_0000L, 131_072), f405.all().get(11));
  }

  @Test
  void shouldFindTheSectorsOfAPieceAndNoOther() {
    assertEquals(List.of(4), indices(0x0801_0000L, 65_536));
    assertEquals(List.of(4, 5), indices(0x0801_0000L, 65_537));
    assertEquals(List.of(3, 4), indices(0x0800_FFFFL, 2));
    assertEquals(List.of(), indices(0x0810_0000L, 1));
  }

  private List<Integer> indices(long address, long count) {
    return f405.touching(address, count).stream().map(Sector::index).toList();
  }
}
