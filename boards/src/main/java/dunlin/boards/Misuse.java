package dunlin.boards;

/** A request that no file and no board is to blame for: what was asked for cannot be. */
public final class Misuse extends Refusal {
  private static final long serialVersionUID = 1;

  /**
   * @param what was asked for, for example {@code "3 stages of 2 nodes"}
   * @param remedy what may be asked for, for example {@code "choose at most 2"}
   */
  public Misuse(String what, String remedy) {
    super(what, remedy);
  }
}
