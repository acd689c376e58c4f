package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.PrismaPostgresFixture;
import java.lang.reflect.Modifier;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Sees the test classes that are selected, before JUnit looks at them: time enough to start what
 * the first one would wait for. JUnit's launcher finds this listener by itself.
 */
public final class DiscoveryListener implements LauncherDiscoveryListener {

  /** Creates the listener; JUnit does. */
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
        // A class that cannot be loaded: the engine tells that, and better.
        continue;
      }
      if (!Modifier.isAbstract(selected.getModifiers()) && !selected.isAnnotation()) {
        AnnotatedClass.of(selected).ifPresent(DiscoveryListener::expect);
      }
    }
  }

  private static void expect(AnnotatedClass wanting) {
    MisplacedAnnotation.refuse(wanting.testClass());
    if (!isInItsOwnJvm(wanting.testClass())) {
      return;
    }
    PrismaPostgresFixture fixture;
    try {
      fixture = wanting.fixture();
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      return;
    }
    fixture.prepare();
  }

  /**
   * Tells a JVM that is there for the tests from a build tool's: Maven looks for the classes that
   * it gives to several forks, and its own JVM would keep a server that nobody asked for.
   */
  private static boolean isInItsOwnJvm(Class<?> testClass) {
    return testClass.getClassLoader() == ClassLoader.getSystemClassLoader();
  }
}
