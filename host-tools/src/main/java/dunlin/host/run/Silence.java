package dunlin.host.run;

/** Nothing came for all of the host's patience. */
final class Silence extends LostContact {
  private static final long serialVersionUID = 1;

  Silence(String state) {
    super(
        "the node does not answer (" + state + ")",
        "check its power and wiring, and that it runs Dunlin's firmware");
  }
}
