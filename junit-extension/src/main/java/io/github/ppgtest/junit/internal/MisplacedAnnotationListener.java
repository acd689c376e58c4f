package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.junit.PrismaPostgres;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Tells whoever put the annotation on a class without tests, for example of JUnit 4, that no
 * database will come: JUnit never calls the extension there. JUnit's launcher finds this listener
 * by itself.
 */
public final class MisplacedAnnotationListener implements LauncherDiscoveryListener {

  /** Creates the listener; JUnit does. */
  public MisplacedAnnotationListener() {}

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
      check(selected);
    }
  }

  private static void check(Class<?> selected) {
    if (AnnotationSupport.isAnnotated(selected, PrismaPostgres.class)
        && !Modifier.isAbstract(selected.getModifiers())
        && !selected.isAnnotation()
        && !hasTests(selected)) {
      throw new ConfigurationException(
          "@PrismaPostgres is on "
              + selected.getName()
              + ", which has no test of JUnit Jupiter, so it would get no database. Put it on a test"
              + " class (org.junit.jupiter.api.Test, not JUnit 4's org.junit.Test), or make this one"
              + " abstract if test classes are to inherit from it.");
    }
  }

  private static boolean hasTests(Class<?> type) {
    return !ReflectionSupport.findMethods(
                type, MisplacedAnnotationListener::isTest, HierarchyTraversalMode.TOP_DOWN)
            .isEmpty()
        || ReflectionSupport.findNestedClasses(type, nested -> true).stream()
            .anyMatch(MisplacedAnnotationListener::hasTests);
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }
}
