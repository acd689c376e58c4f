package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.junit.PrismaPostgres;
import io.github.ppgtest.spi.DatabaseRun;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Reads the selected test classes before JUnit does: time enough to start what the first one would
 * wait for. JUnit's launcher finds this listener by itself.
 */
public final class DiscoveryListener implements LauncherDiscoveryListener {
  /** The annotations that are prepared already: most classes of a run have the same. */
  private final Set<PrismaPostgres> prefetched = ConcurrentHashMap.newKeySet();

  /** Called by JUnit. */
  public DiscoveryListener() {}

  /**
   * @throws ConfigurationException if the annotation is on a class that will get no database
   */
  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    for (ClassSelector selector : request.getSelectorsByType(ClassSelector.class)) {
      Class<?> selected;
      try {
        selected = selector.getJavaClass();
      } catch (JUnitException e) {
        // A class that cannot be loaded: the engine reports it better.
        continue;
      }
      if (!Modifier.isAbstract(selected.getModifiers()) && !selected.isAnnotation()) {
        AnnotatedClass.of(selected).ifPresent(this::expect);
      }
    }
  }

  private void expect(AnnotatedClass wanting) {
    MisplacedAnnotation.refuse(wanting.testClass());
    if (!isInItsOwnJvm(wanting.testClass()) || !prefetched.add(wanting.annotation())) {
      return;
    }
    PrismaPostgresFixture fixture;
    try {
      fixture = wanting.fixture();
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      return;
    }
    DatabaseRun.prepare(fixture);
  }

  /**
   * Returns whether this JVM runs the tests, unlike a build tool's: Maven looks for the classes
   * that it gives to several forks, and its own JVM would keep an unused server.
   */
  private static boolean isInItsOwnJvm(Class<?> testClass) {
    return testClass.getClassLoader() == ClassLoader.getSystemClassLoader();
  }
}
