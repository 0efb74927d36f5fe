package dunlin.example;

import dunlin.boards.microej.NodeLoop;

/** Runs a node in a thread of its own; what else an application does goes on beside it. */
public final class Main implements Runnable {
  private final NodeLoop node = new NodeLoop();

  private Main() {}

  /** The application's entry point. */
  public static void main(String[] arguments) {
    new Thread(new Main()).start();
  }

  @Override
  public void run() {
    node.run();
  }
}
