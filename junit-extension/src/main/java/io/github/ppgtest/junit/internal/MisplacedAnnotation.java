package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import java.lang.reflect.Method;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Refuses the annotation on a class without tests, for example of JUnit 4, which would get no
 * database: JUnit never calls the extension there.
 */
final class MisplacedAnnotation {
  private MisplacedAnnotation() {}

  /**
   * @throws ConfigurationException if a class that carries the annotation has no tests
   */
  static void refuse(Class<?> annotated) {
    if (!hasTests(annotated)) {
      throw new ConfigurationException(
          "@PrismaPostgres is on "
              + annotated.getName()
              + ", which has no test of JUnit Jupiter, so it would get no database. Put it on a test"
              + " class (org.junit.jupiter.api.Test, not JUnit 4's org.junit.Test), or make this one"
              + " abstract if test classes are to inherit from it.");
    }
  }

  private static boolean hasTests(Class<?> type) {
    return !ReflectionSupport.findMethods(
                type, MisplacedAnnotation::isTest, HierarchyTraversalMode.TOP_DOWN)
            .isEmpty()
        || ReflectionSupport.findNestedClasses(type, nested -> true).stream()
            .anyMatch(MisplacedAnnotation::hasTests);
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }
}
