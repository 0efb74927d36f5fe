package dunlin.boards.aot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import org.teavm.parsing.resource.Resource;
import org.teavm.parsing.resource.ResourceProvider;

/**
 * The class files that this JVM itself was started with, from jars and folders alike; but not the
 * JDK's, in whose place TeaVM has a class library for boards.
 */
final class ClassPathResources implements ResourceProvider {
  private static final List<String> JDK = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

  private final ClassLoader loader;

  ClassPathResources(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public Iterator<Resource> getResources(String name) {
    if (JDK.stream().anyMatch(name::startsWith)) {
      return Collections.emptyIterator();
    }
    try {
      return Collections.list(loader.getResources(name)).stream().<Resource>map(At::new).iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}

  private record At(URL url) implements Resource {
    @Override
    public InputStream open() {
      try {
        return url.openStream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Only caches ask, and there is none. */
    @Override
    public Date getModificationDate() {
      return null;
    }
  }
}
