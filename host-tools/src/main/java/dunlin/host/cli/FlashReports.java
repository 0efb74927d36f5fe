package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.boards.Uid;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlashReport;
import dunlin.host.flash.FlashReport.Pace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code flash --json} and {@code verify --json} write.
 *
 * @param manifest by which the images were signed; null where no key is trusted
 */
record FlashReports(
    @JsonUnwrapped BuildReport build, String manifest, FlashMeans by, List<OfBoard> boards) {

  /**
   * What was done to one board.
   *
   * @param uid of its microcontroller; null where it was not read
   * @param started whether it runs what was flashed
   */
  record OfBoard(
      int rank,
      String board,
      String port,
      Uid uid,
      long alreadyThere,
      long erasedBytes,
      long writtenBytes,
      long readBackBytes,
      boolean started) {
    static OfBoard of(FlashJob job, FlashReport report) {
      return new OfBoard(
          job.rank(),
          job.board().name(),
          job.port(),
          report.uid(),
          report.alreadyThere(),
          report.erase().bytes(),
          report.write().bytes(),
          report.readBack().bytes(),
          report.started());
    }
  }

  static FlashReports of(
      Built built, Path manifest, FlashMeans by, List<FlashJob> jobs, List<FlashReport> reports) {
    List<OfBoard> boards = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      boards.add(OfBoard.of(jobs.get(i), reports.get(i)));
    }
    String signed = manifest == null ? null : manifest.toString();
    return new FlashReports(BuildReport.of(built), signed, by, boards);
  }

  /** A board a line. */
  static void print(FlashJob job, FlashReport report, PrintWriter out) {
    StringBuilder line = new StringBuilder("rank " + job.rank() + ", " + job.board().name());
    line.append(job.port().isEmpty() ? "" : ", " + job.port());
    line.append(report.uid() == null ? "" : ", UID " + report.uid());
    line.append(": ").append(Numerals.grouped(report.alreadyThere())).append(" bytes were there");
    if (report.write().bytes() > 0) {
      line.append(", wrote ").append(paced(report.write()));
      line.append(", read back ").append(paced(report.readBack()));
    }
    line.append(report.started() ? ", started" : "");
    out.println(line);
    out.flush();
  }

  private static String paced(Pace pace) {
    return Numerals.grouped(pace.bytes())
        + " at "
        + Numerals.grouped(Math.round(pace.rate()))
        + " bytes/s";
  }
}
