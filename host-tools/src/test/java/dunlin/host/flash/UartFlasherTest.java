package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.boards.SectorMap;
import dunlin.boards.Uid;
import dunlin.boards.bootloader.BootloaderFault.FlashOnly;
import dunlin.boards.bootloader.BootloaderFault.OlderErase;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in flash afterwards, and what was spared, on an emulated bootloader. */
class UartFlasherTest {
  private static final String F405 = "stm32f405";

  @ParameterizedTest
  @ValueSource(strings = {"stm32f405", "nucleo-h743zi2", "nucleo-l476rg"})
  void shouldWriteFirmwareAndImage(String board) {
    FlashBench bench = new FlashBench(board).used();
    FlashJob job = bench.job(1, 3001, 140_003);
    FlashReport report = bench.flasher().flash(job);
    bench.assertHolds(job);
    assertEquals(FlashBench.UID, report.uid());
    assertEquals(0, report.alreadyThere());
    assertTrue(report.write().bytes() >= 143_004 && report.write().bytes() < 143_004 + 64);
    assertEquals(report.write().bytes(), report.readBack().bytes());
    bench.flasher().verify(job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stm32f405", "nucleo-h743zi2", "nucleo-l476rg"})
  void shouldEraseNoSectorThatItDoesNotWrite(String board) {
    FlashBench bench = new FlashBench(board).used();
    FlashJob job = bench.job(1, 3000, 70_000);
    bench.flasher().flash(job);
    SectorMap map = SectorMap.of(bench.board.chip());
    byte[] flash = bench.bootloader.flash();
    int spared = 0;
    for (SectorMap.Sector sector : map.all()) {
      if (job.segments().stream()
          .noneMatch(s -> map.touching(s.address(), s.bytes().length).contains(sector))) {
        int from = (int) (sector.address() - map.origin());
        byte[] old = new byte[sector.bytes()];
        Arrays.fill(old, FlashBench.OLD);
        assertArrayEquals(old, Arrays.copyOfRange(flash, from, from + sector.bytes()));
        spared++;
      }
    }
    assertTrue(spared > 0);
  }

  @Test
  void shouldWriteNothingThatIsThere() {
    FlashBench bench = new FlashBench(F405);
    FlashJob job = bench.job(1, 3000, 70_000);
    bench.flasher().flash(job);
    FlashReport again = bench.flasher().flash(job);
    assertEquals(73_000, again.alreadyThere());
    assertEquals(FlashReport.Pace.NONE, again.write());
    assertEquals(FlashReport.Pace.NONE, again.erase());
    assertEquals(3000 + FlashMemory.BLOCK, again.compare().bytes(), "an image by its header");
  }

  @Test
  void shouldStartWhatIsWrittenOrThere() {
    FlashBench bench = new FlashBench(F405);
    FlashJob job = bench.job(1, 3000, 5000);
    assertTrue(bench.starter().flash(job).started());
    assertEquals(OptionalLong.of(0x0800_0000), bench.bootloader.started());
    bench.replug();
    bench.starter().verify(job);
    assertEquals(OptionalLong.empty(), bench.bootloader.started(), "verify leaves it waiting");
    assertTrue(bench.starter().flash(job).started());
  }

  @Test
  void shouldKeepTheImageWhereOnlyTheFirmwareDiffers() {
    FlashBench bench = new FlashBench(F405);
    bench.flasher().flash(bench.job(1, 3000, 70_000));
    FlashJob other = bench.job(1, 3000, 70_000);
    other.segments().get(0).bytes()[2999] ^= 1;
    FlashReport report = bench.flasher().flash(other);
    bench.assertHolds(other);
    assertEquals(16_384, report.erase().bytes());
    assertEquals(3000, report.write().bytes());
  }

  @Test
  void shouldMendADamagedImageWhenEveryByteIsLookedAt() {
    FlashBench bench = new FlashBench(F405);
    FlashJob job = bench.job(1, 3000, 70_000);
    bench.flasher().flash(job);
    byte[] flash = bench.bootloader.flash();
    flash[0x10000 + 66_000] ^= 1;
    bench.bootloader.load(flash);
    assertEquals(0, bench.flasher().flash(job).write().bytes(), "its header is there");
    assertEquals(
        "line: the image differs from 0x080201d0 on: dunlin flash --every-byte writes what differs",
        assertThrows(Refusal.class, () -> bench.flasher().verify(job)).getMessage());
    FlashReport mended = bench.flasher(line -> line, true).flash(job);
    bench.assertHolds(job);
    assertEquals(65_536 + 131_072, mended.erase().bytes(), "the header's sector as well");
  }

  @Test
  void shouldGoOnWhereTheCableWasPulled() {
    FlashBench bench = new FlashBench(F405).used();
    FlashJob job = bench.job(1, 3000, 140_000);
    int pulled = 90_000;
    assertThrows(
        Refusal.class, () -> bench.flasher(line -> FaultyLine.pulledAt(pulled, line)).flash(job));
    bench.replug();
    FlashReport rest = bench.flasher().flash(job);
    bench.assertHolds(job);
    assertEquals(0, rest.erase().bytes());
    long before = 143_000 - rest.write().bytes();
    assertTrue(before > pulled * 0.9 && before < pulled, "written before: " + before);
  }

  /** At no time is there a header over a body that is not the one it speaks of. */
  @Test
  void shouldNeverLeaveAHeaderWithoutItsImage() {
    for (int pulled = 1; pulled < 12_000; pulled += 97) {
      FlashBench bench = new FlashBench("nucleo-l476rg");
      FlashJob old = bench.job(1, 1000, 5000);
      FlashJob job = bench.job(2, 1500, 6000);
      bench.flasher().flash(old);
      assertInterrupted(bench, old, job, pulled);
      bench.replug();
      bench.flasher().flash(job);
      bench.assertHolds(job);
    }
  }

  /** Nor while one is mended whose header was good. */
  @Test
  void shouldTakeTheHeaderAwayBeforeItMendsTheBody() {
    for (int pulled = 150; pulled < 1400; pulled += pulled < 250 ? 1 : 31) {
      int at = pulled;
      FlashBench bench = new FlashBench("nucleo-l476rg");
      FlashJob job = bench.job(1, 300, 5000);
      bench.flasher().flash(job);
      byte[] damaged = bench.bootloader.flash();
      damaged[0x10000 + 4200] ^= 1;
      bench.bootloader.load(damaged);
      assertThrows(
          Refusal.class,
          () -> bench.flasher(line -> FaultyLine.pulledAt(at, line), true).flash(job));
      boolean begun = !Arrays.equals(damaged, bench.bootloader.flash());
      assertTrue(!begun || !hasHead(bench, job.segments().get(1)), () -> "pulled at " + at);
    }
  }

  private static void assertInterrupted(FlashBench bench, FlashJob old, FlashJob job, int pulled) {
    try {
      bench.flasher(line -> FaultyLine.pulledAt(pulled, line)).flash(job);
    } catch (Refusal expected) {
      assertEquals("line: the line is gone", expected.what());
    }
    for (FlashJob each : List.of(old, job)) {
      each.segments().forEach(segment -> assertWholeOrWithoutHead(bench, segment, pulled));
      boolean trusted = hasHead(bench, each.segments().get(1));
      assertTrue(!trusted || isWhole(bench, each.segments().get(0)), "trusts half a firmware");
    }
  }

  private static void assertWholeOrWithoutHead(FlashBench bench, Segment segment, int pulled) {
    assertTrue(
        !hasHead(bench, segment) || isWhole(bench, segment),
        () -> segment.name() + " is half there, pulled at " + pulled);
  }

  private static boolean isWhole(FlashBench bench, Segment segment) {
    return Arrays.equals(segment.bytes(), bench.held(segment));
  }

  private static boolean hasHead(FlashBench bench, Segment segment) {
    return Arrays.equals(
        Arrays.copyOf(segment.bytes(), FlashMemory.BLOCK),
        Arrays.copyOf(bench.held(segment), FlashMemory.BLOCK));
  }

  @Test
  void shouldWriteBlankPartsByErasingThem() {
    FlashBench bench = new FlashBench(F405).used();
    FlashJob job = bench.job(1, 3000, 70_000);
    byte[] image = job.segments().get(1).bytes();
    Arrays.fill(image, 1024, 66_560, (byte) -1);
    FlashReport report = bench.flasher().flash(job);
    bench.assertHolds(job);
    assertEquals(73_000 - 65_536, report.write().bytes());
    assertEquals(73_000, report.readBack().bytes());
  }

  @Test
  void shouldEraseByTheOlderCommandToo() {
    FlashBench bench = new FlashBench(F405, new OlderErase()).used();
    FlashJob job = bench.job(1, 3000, 70_000);
    bench.flasher().flash(job);
    bench.assertHolds(job);
  }

  @Test
  void shouldRefuseAnotherBoardThanTheRigsOwn() {
    FlashBench bench = new FlashBench(F405);
    FlashJob any = bench.job(1, 3000, 5000);
    Uid other = Uid.parse("000000000000000000000001");
    FlashJob bound = new FlashJob(2, any.board(), "line", other, any.segments());
    assertEquals(
        "line: the board's UID is 0123456789abcdef00112233, and rank 2 is "
            + "000000000000000000000001: plug in the right board, or correct the rig file",
        bench.refusal(bound));
    assertTrue(Segment.isBlank(bench.bootloader.flash()), "nothing was written");
    bench.flasher().flash(new FlashJob(2, any.board(), "line", FlashBench.UID, any.segments()));
  }

  @Test
  void shouldTakeABoardThatHidesItsUidUnlessTheRigNamesOne() {
    FlashBench bench = new FlashBench(F405, new FlashOnly());
    FlashJob any = bench.job(1, 3000, 5000);
    FlashJob bound = new FlashJob(2, any.board(), "line", FlashBench.UID, any.segments());
    assertEquals(
        "line: the board does not show its UID, and rank 2 is bound to one: flash it with "
            + "--by st-link, or leave the UID out of the rig file",
        bench.refusal(bound));
    assertNull(bench.flasher().flash(any).uid());
    bench.assertHolds(any);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    FlashBench bench = new FlashBench(F405);
    assertEquals(
        "firmware of 65,537 bytes, and stm32f405 has room for 65,536: build it for this board",
        assertThrows(Refusal.class, () -> bench.job(1, 65_537, 100)).getMessage());
  }
}
