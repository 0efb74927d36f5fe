package dunlin.host.run;

import dunlin.boards.Refusal;

/** A pass is lost, but perhaps not the flock: once it is greeted again, it may go on. */
public class LostContact extends Refusal {
  private static final long serialVersionUID = 1;

  LostContact(String what, String remedy) {
    super(what, remedy);
  }
}
