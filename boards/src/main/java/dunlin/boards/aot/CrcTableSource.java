package dunlin.boards.aot;

import dunlin.firmware.CrcTable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table of {@link CrcTable} as C, so that it lies in flash and is there before anything runs.
 */
final class CrcTableSource {
  private CrcTableSource() {}

  static String text() {
    CrcTable table = new CrcTable();
    return IntStream.range(0, 256)
        .mapToObj(i -> "    0x%08x,%n".formatted(table.of(i)))
        .collect(Collectors.joining("", "const uint32_t dunlin_crc_table[256] = {\n", "};\n"));
  }
}
