package dunlin.host.cli;

import dunlin.host.plan.LinkKind;
import dunlin.host.wiring.Cable;
import dunlin.host.wiring.Pin;
import dunlin.host.wiring.Wire;
import java.io.PrintWriter;
import java.util.List;

/** Pin to pin, for people: a table of the wires of each cable. */
final class WiringText {
  private WiringText() {}

  static void print(List<Cable> cables, PrintWriter out) {
    Table table = new Table(6).row("from", "pin", "", "to", "pin", "rate");
    for (Cable cable : cables) {
      String rate = Numerals.grouped(cable.rate());
      String unit = cable.kind() == LinkKind.UART ? " baud, 8N1" : " Hz, mode 0";
      for (int i = 0; i < cable.wires().size(); i++) {
        Wire wire = cable.wires().get(i);
        boolean isFirst = i == 0;
        table.row(
            isFirst ? place(cable.above()) : "",
            wire.above().toString(),
            wire.flow().arrow(),
            isFirst ? place(cable.below()) : "",
            wire.below().toString(),
            isFirst ? rate + unit : "");
      }
    }
    table.print(out);
  }

  private static String place(int rank) {
    return rank == Pin.HOST ? "host" : "rank " + rank;
  }
}
