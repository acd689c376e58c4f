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
 * Reports the failures in a class with a database to its outcome, while the database exists. No
 * single hook of JUnit sees them all. Stateless.
 */
public final class FailureWatcher implements TestWatcher, AfterAllCallback, InvocationInterceptor {

  /** Called by JUnit. */
  public FailureWatcher() {}

  /**
   * Reports tests, each invocation of a parameterized one too, with all that belongs to one test. A
   * method's own database is gone by now, and its outcome was found by itself.
   */
  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    noteForClass(context, cause);
  }

  /** Reports lifecycle methods of classes, nested ones too, and other extensions' callbacks. */
  @Override
  public void afterAll(ExtensionContext context) {
    context.getExecutionException().ifPresent(thrown -> noteForClass(context, thrown));
  }

  /** Reports the constructor of a class with one instance for all its tests. */
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return watched(invocation, context);
  }

  /** Reports a test factory. */
  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return watched(invocation, context);
  }

  /** Reports dynamic tests, which a {@code TestWatcher} is not told of. */
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

  /** Reports to the owner of the database: the class, or a method that is not over yet. */
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
