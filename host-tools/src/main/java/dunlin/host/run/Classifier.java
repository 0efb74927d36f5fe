package dunlin.host.run;

import dunlin.firmware.Request;

/** Asks a flock about inputs; where contact is lost, the flock is greeted and asked again. */
public final class Classifier {
  /** Of {@link Request}: what is asked about an input. */
  public static final int FLAGS = Request.SAMPLE | Request.SEND_LOGITS;

  /** How often one input may lose the flock. */
  private static final int REJOINS = 20;

  private final Coordinator coordinator;
  private final NodeIdentity root;
  private int rejoins;

  /** Over a flock that has been greeted. */
  public Classifier(Coordinator coordinator, NodeIdentity root) {
    this.coordinator = coordinator;
    this.root = root;
  }

  /**
   * The label of an input of as many rows as the image has, with all logits.
   *
   * @param input as the model takes it
   */
  public PassResult classify(byte[] input) {
    return classify(input, root.maxRows());
  }

  /**
   * The label of an input, with all logits: of one row, or of every row where the model labels
   * each.
   *
   * @param input as the model takes it
   * @param rows that it has, 1 to those of the image: tokens of a text
   */
  public PassResult classify(byte[] input, int rows) {
    for (int lost = 0; ; lost++) {
      try {
        return coordinator.pass(input, rows, FLAGS);
      } catch (LostContact e) {
        if (lost == REJOINS) {
          throw e;
        }
      }
      rejoins++;
      coordinator.hello();
    }
  }

  /** How often the flock was lost, and brought back. */
  public int rejoins() {
    return rejoins;
  }
}
