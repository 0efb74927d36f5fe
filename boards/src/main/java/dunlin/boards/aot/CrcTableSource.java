package dunlin.boards.aot;

import dunlin.kernels.CrcTable;
import dunlin.kernels.Dsp;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table of {@link CrcTable} as C, so that it lies in flash and is there before anything runs.
 */
final class CrcTableSource {
  private CrcTableSource() {}

  static String text() {
    byte[] table = new byte[CrcTable.bytes()];
    CrcTable.make(table);
    return IntStream.range(0, table.length / 4)
        .mapToObj(i -> "    0x%08x,%n".formatted(Dsp.load32(table, i << 2)))
        .collect(Collectors.joining("", "const uint32_t dunlin_crc_table[256] = {\n", "};\n"));
  }
}
