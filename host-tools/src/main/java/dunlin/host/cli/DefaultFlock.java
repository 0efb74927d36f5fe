package dunlin.host.cli;

/**
 * What a flock is where the command line does not say.
 *
 * @param board type of all its boards
 * @param nodes how many
 */
record DefaultFlock(String board, int nodes) {
  /** For the model that comes with Dunlin: boards that one can buy, and the model fits. */
  static final DefaultFlock BUNDLED = new DefaultFlock("stm32f405", 4);

  /** For any other model, however large. */
  static final DefaultFlock ANY = new DefaultFlock("emulated", 1);
}
