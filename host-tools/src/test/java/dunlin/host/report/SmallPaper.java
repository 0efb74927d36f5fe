package dunlin.host.report;

import dunlin.host.plan.Schedule;
import dunlin.host.reproduce.Accounting;
import dunlin.host.reproduce.Basis;
import dunlin.host.reproduce.Figure;
import java.util.List;

/** A page of a few figures, made up. */
final class SmallPaper {
  private static final String MODEL = "A model, autoregressive, a block: ";

  private SmallPaper() {}

  static String page() {
    return PaperPage.of(
        List.of(
            figure("speed-up", 1, Accounting.PAPER, Schedule.MESSAGES, 1.0, 1.0),
            figure("speed-up", 2, Accounting.PAPER, Schedule.MESSAGES, null, 1.98),
            figure("speed-up", 8, Accounting.PAPER, Schedule.MESSAGES, 26.1, 26.2),
            figure("speed-up", 8, Accounting.PAPER, Schedule.OVERLAPPED, 26.1, 27.4),
            figure("speed-up", 8, Accounting.HONEST, Schedule.FLOWING, null, 14.5),
            figure("energy, mJ", 8, Accounting.PAPER, Schedule.MESSAGES, 0.64, 0.674)),
        List.of("reproduce", "distributed", "--page", "<it>.html"));
  }

  private static Figure figure(
      String quantity,
      int chips,
      Accounting accounting,
      Schedule schedule,
      Double paper,
      double dunlin) {
    Double ratio = paper == null ? null : dunlin / paper;
    return new Figure(
        MODEL + quantity, chips, accounting, schedule, 1, paper, dunlin, ratio, Basis.PREDICTED);
  }
}
