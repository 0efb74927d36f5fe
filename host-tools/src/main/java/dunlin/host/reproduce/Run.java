package dunlin.host.reproduce;

import dunlin.host.forecast.PassForecast;

/**
 * What a flock took.
 *
 * @param setting what flock it was
 * @param forecast time and energy
 * @param parts of which each is to be told of: blocks, or a token
 */
record Run(Setting setting, PassForecast forecast, int parts) {
  /** Latency of a part in milliseconds. */
  double millis() {
    return forecast.nanos() / 1e6 / parts;
  }

  /** Energy of all chips for a part in millijoules. */
  double millijoules() {
    return forecast.microjoules() / 1e3 / parts;
  }
}
