package dunlin.hil;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Class files that come before the class path's; the JVM verifies each. */
final class ManagedLoader extends ClassLoader {
  /** They see these class files, and have natives of their own. */
  private static final Set<String> BESIDE =
      Set.of(DesktopBoard.class.getName(), NativeLibrary.class.getName());

  private final Map<String, byte[]> classFiles;
  private final UnaryOperator<byte[]> instrument;

  /**
   * @param classFiles by their names in a jar
   * @param instrument applied to each
   */
  ManagedLoader(Map<String, byte[]> classFiles, UnaryOperator<byte[]> instrument) {
    super(ManagedLoader.class.getClassLoader());
    this.classFiles = classFiles;
    this.instrument = instrument;
  }

  /** A node on the desktop. */
  static ManagedDesk desk(DesktopSni sni, UnaryOperator<byte[]> instrument) {
    return desk(sni, new ManagedLoader(sni.node().classFiles(), instrument));
  }

  /** A node on the desktop that is made of other class files. */
  static ManagedDesk desk(DesktopSni sni, Map<String, byte[]> classFiles) {
    return desk(sni, new ManagedLoader(classFiles, UnaryOperator.identity()));
  }

  private static ManagedDesk desk(DesktopSni sni, ManagedLoader loader) {
    try {
      loader.load(sni.copy());
      return (ManagedDesk)
          loader.loadClass(DesktopBoard.class.getName()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads a library for natives of these classes. */
  void load(Path library) throws ReflectiveOperationException {
    loadClass(NativeLibrary.class.getName())
        .getMethod("load", String.class)
        .invoke(null, library.toString());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      String file = name.replace('.', '/') + ".class";
      byte[] bytes = classFiles.get(file);
      if (bytes != null) {
        byte[] instrumented = instrument.apply(bytes);
        return defineClass(name, instrumented, 0, instrumented.length);
      }
      if (BESIDE.contains(name)) {
        byte[] own = read(file);
        return defineClass(name, own, 0, own.length);
      }
      return super.loadClass(name, resolve);
    }
  }

  private byte[] read(String file) {
    try (InputStream in = getParent().getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
