package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * The C kernel library passes the kernels' own tests, the very properties that Java's kernels pass:
 * against double precision and plain references, to the bit where those are exact.
 */
@Tag("slow")
class NativeKernelsTest {
  /** They hold Java's kernels to throw; natives do not look at lengths. */
  private static final Set<String> ABOUT_JAVA = Set.of("dunlin.kernels.DspTest");

  @Test
  void shouldPassTheKernelsOwnTests() throws Exception {
    DesktopSni sni = DesktopSni.built();
    Map<String, byte[]> files = NativeKernels.classFiles(sni.node());
    ManagedLoader loader = new ManagedLoader(files, file -> file);
    loader.load(sni.copy());
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    launch(loader, tests(files), listener);
    List<String> failures =
        listener.getSummary().getFailures().stream().map(NativeKernelsTest::text).toList();
    assertEquals(List.of(), failures);
    assertTrue(listener.getSummary().getTestsSucceededCount() > 30);
    assertEquals(List.of(), NativeKernels.notCalled(sni.node()), "natives without a test");
  }

  /** Those that come to a native, be it by way of other classes of tests. */
  private static List<String> tests(Map<String, byte[]> files) {
    return files.keySet().stream()
        .filter(file -> file.endsWith("Test.class"))
        .filter(file -> NativeKernels.callsNatives(file, files))
        .map(file -> file.replace(".class", "").replace('/', '.'))
        .filter(name -> !ABOUT_JAVA.contains(name))
        .toList();
  }

  private static void launch(
      ClassLoader loader, List<String> tests, SummaryGeneratingListener listener)
      throws ClassNotFoundException {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .configurationParameter("jqwik.reporting.onlyfailures", "true")
            .configurationParameter("jqwik.database", "target/jqwik-database-natives");
    for (String test : tests) {
      request.selectors(DiscoverySelectors.selectClass(loader.loadClass(test)));
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Launcher launcher = LauncherFactory.create();
      LauncherDiscoveryRequest whole = request.build();
      launcher.execute(whole, listener);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String text(Failure failure) {
    return failure.getTestIdentifier().getDisplayName() + ": " + failure.getException();
  }
}
