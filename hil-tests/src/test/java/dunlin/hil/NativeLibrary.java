package dunlin.hil;

/** Loads a library for the natives of the classes that its own class loader has. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /** Loads the library at a path. */
  public static void load(String path) {
    System.load(path);
  }
}
