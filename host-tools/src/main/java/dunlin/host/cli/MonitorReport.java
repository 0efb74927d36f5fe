package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** What {@code monitor --json} writes. */
record MonitorReport(
    @JsonUnwrapped BuildReport build,
    Venue rig,
    @JsonUnwrapped SamplingReport sampling,
    int tokens,
    @JsonUnwrapped LinksReport links) {

  static MonitorReport of(Setting setting, int tokens, LinksReport links) {
    return new MonitorReport(
        BuildReport.of(setting.built()),
        setting.rig(),
        SamplingReport.of(setting.sampling()),
        tokens,
        links);
  }
}
