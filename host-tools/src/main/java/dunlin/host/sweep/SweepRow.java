package dunlin.host.sweep;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.PassForecast;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;

/**
 * A point of a sweep and what came out: a line of the CSV file, and an object of the JSON report.
 * What is not known is null, an empty cell.
 *
 * @param remark why the flock cannot be or does not fit, or why its time is not known
 */
public record SweepRow(
    @JsonUnwrapped Key key,
    @JsonUnwrapped Flock flock,
    @JsonUnwrapped Needs needs,
    @JsonUnwrapped Token token,
    String remark) {

  /**
   * What tells a point from others.
   *
   * @param modelHash all that affects a bit of a result
   * @param boardHash all that affects its time, its energy and its room
   * @param asked the command that shows the flock, but for model and board
   */
  public record Key(String model, String modelHash, String board, String boardHash, String asked) {}

  /**
   * The flock.
   *
   * @param rootShare what the root holds, where any other node holds 1
   */
  public record Flock(
      Integer nodes,
      Topology topology,
      LinkKind link,
      Integer stages,
      Schedule schedule,
      Double rootShare,
      Integer context) {
    private static final Flock NONE = new Flock(null, null, null, null, null, null, null);

    private static Flock of(Wanted.Found found) {
      Plan plan = found.plan();
      return new Flock(
          plan.members().size(),
          plan.topology(),
          plan.link(),
          plan.stages(),
          plan.schedule(),
          found.rootShare(),
          plan.context());
    }
  }

  /**
   * What a token takes, half way through the context.
   *
   * @param millijoules of all boards; null where their power is not known
   * @param energyDelay millijoules times milliseconds
   */
  public record Token(
      Double milliseconds, Double tokensPerSecond, Double millijoules, Double energyDelay) {
    private static final Token NONE = new Token(null, null, null, null);

    private static Token of(PassForecast pass) {
      double millis = pass.nanos() / 1e6;
      double rate = 1e9 / pass.nanos();
      double millijoules = pass.microjoules() / 1e3;
      return millijoules == 0
          ? new Token(millis, rate, null, null)
          : new Token(millis, rate, millijoules, millijoules * millis);
    }
  }

  /** A point of which nothing is known yet. */
  static SweepRow of(Key key) {
    return new SweepRow(key, Flock.NONE, Needs.NONE, Token.NONE, null);
  }

  /** This row with the flock that was planned. */
  SweepRow with(Wanted.Found found) {
    return new SweepRow(key, Flock.of(found), needs, token, remark);
  }

  /** This row with what the flock needs. */
  SweepRow with(Layout layout) {
    return new SweepRow(key, flock, Needs.of(layout), token, remark);
  }

  /** This row with what a token takes. */
  SweepRow with(PassForecast pass) {
    return new SweepRow(key, flock, needs, Token.of(pass), remark);
  }

  /** This row with what stands in the way of more. */
  SweepRow remark(String why) {
    return new SweepRow(key, flock, needs, token, why);
  }
}
