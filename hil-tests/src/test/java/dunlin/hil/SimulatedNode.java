package dunlin.hil;

import com.is2t.hil.HIL;
import dunlin.boards.microej.NodeLoop;
import dunlin.boards.sni.ManagedNode;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * A managed node in a double of MicroEJ's simulator: each of its natives is the public method of
 * the same name and types of a class of the same name, which the mock's class loader has.
 */
public final class SimulatedNode implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final ThreadLocal<SimulatedNode> RUNNING = new ThreadLocal<>();

  private final ClassLoader mock;
  private final boolean copyEachArgument;
  private final Thread thread = new Thread(this::run, "simulated node");
  private volatile boolean stopped;
  private volatile Throwable failure;

  /** Ends a node, which runs for ever. */
  private static final class Stop extends Error {
    private static final long serialVersionUID = 1;
  }

  /**
   * Boots a node.
   *
   * @param mock its class loader
   * @param options of the mock, and their values
   * @param copyEachArgument whether an array that is several arguments is several copies
   */
  SimulatedNode(ClassLoader mock, Map<String, String> options, boolean copyEachArgument)
      throws ClassNotFoundException {
    this.mock = mock;
    this.copyEachArgument = copyEachArgument;
    options.forEach(System::setProperty);
    Class.forName("dunlin.mock.Simulation", true, mock);
    options.keySet().forEach(System::clearProperty);
    thread.start();
  }

  private void run() {
    RUNNING.set(this);
    try {
      Class<?> loop =
          new ManagedLoader(ManagedNode.build().classFiles(), MockedNatives::in)
              .loadClass(NodeLoop.class.getName());
      loop.getMethod("run").invoke(loop.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      failure = e.getCause() instanceof Stop ? null : e.getCause();
    } catch (ReflectiveOperationException e) {
      failure = e;
    }
  }

  /** What natives of managed code call. */
  public static Object call(String owner, String name, String descriptor, Object[] given)
      throws Throwable {
    return RUNNING.get().callMock(owner.replace('/', '.'), name, descriptor, given);
  }

  private Object callMock(String owner, String name, String descriptor, Object[] given)
      throws Throwable {
    if (stopped) {
      throw new Stop();
    }
    MethodType type = MethodType.fromMethodDescriptorString(descriptor, mock);
    MockCall call = new MockCall(given, copyEachArgument);
    HIL.enter(call);
    try {
      Object result =
          mock.loadClass(owner)
              .getMethod(name, type.parameterArray())
              .invoke(null, call.arguments());
      if (call.isSuspended()) {
        throw new IllegalStateException(owner + "." + name + " leaves its thread suspended");
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      HIL.enter(null);
    }
  }

  /** Whether it has not ended by itself. */
  boolean isRunning() {
    return thread.isAlive();
  }

  /** Ends the node; throws what it ended with by itself. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive() || failure != null) {
      throw new IllegalStateException("the simulated node does not end, or failed", failure);
    }
  }
}
