package io.github.ppgtest.junit.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Sees what fails in a class that has a database, while that is still there. No single thing that
 * JUnit offers an extension sees it all. Stateless.
 */
public final class FailureWatcher implements TestWatcher, AfterAllCallback, InvocationInterceptor {

  /** Creates the watcher; JUnit does. */
  public FailureWatcher() {}

  /**
   * Tests, each invocation of a parameterized one too, and all that belongs to one test. Where a
   * method has a database of its own, that is gone by now, and its outcome was found by itself.
   */
  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    noteForClass(context, cause);
  }

  /** Lifecycle methods of classes, nested ones too, and other extensions' callbacks. */
  @Override
  public void afterAll(ExtensionContext context) {
    context.getExecutionException().ifPresent(thrown -> noteForClass(context, thrown));
  }

  /** A class that is made once for all its tests, and is not. */
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return watched(invocation, context);
  }

  /** What makes dynamic tests. */
  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return watched(invocation, context);
  }

  /** Dynamic tests, of which a watcher of tests is not told. */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    watched(invocation, context);
  }

  private static <T> T watched(Invocation<T> invocation, ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable e) {
      note(context, e);
      throw e;
    }
  }

  /** Whoever holds the database that is seen here: the class, or a method that is not over yet. */
  private static void note(ExtensionContext context, Throwable thrown) {
    DatabaseOwner.find(context)
        .flatMap(owner -> Outcome.find(owner, context))
        .ifPresent(outcome -> outcome.endedWith(thrown));
  }

  private static void noteForClass(ExtensionContext context, Throwable thrown) {
    DatabaseOwner.find(context)
        .flatMap(owner -> Outcome.find(owner, owner.context()))
        .ifPresent(outcome -> outcome.endedWith(thrown));
  }
}
