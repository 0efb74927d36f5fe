package dunlin.firmware;

/** Executes ops one by one, without a pass, a link or a verified image: for measuring them. */
public final class SingleOps {
  private final Request request = new Request();
  private final Compute compute;

  /**
   * Ops on two regions.
   *
   * @param image records and constants, region 0
   * @param ram region 1
   */
  public SingleOps(byte[] image, byte[] ram) {
    Memory memory = new Memory(image);
    memory.place(0, ram);
    compute = new Compute(memory, request);
  }

  /** What follows stands for {@code rows} tokens from {@code position} on. */
  public void begin(int position, int rows) {
    request.position = position;
    request.rows = rows;
  }

  /** Executes the op of code {@code code} whose record lies at {@code record} in the image. */
  public void execute(int code, int record) {
    compute.execute(code, record);
  }
}
