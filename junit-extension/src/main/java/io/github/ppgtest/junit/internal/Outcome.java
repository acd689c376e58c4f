package io.github.ppgtest.junit.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/**
 * The outcome of a test class or a test method with a database: whether it has failed so far.
 * Thread-safe.
 *
 * <p>Extensions get most failures with their class; failures between tests, such as of the source
 * of a parameterized test's arguments, reach only the launcher's listeners.
 */
final class Outcome {
  private static final Namespace NAMESPACE = Namespace.create(Outcome.class);

  /** JUnit 4's assumptions abort a test of Jupiter too. */
  private static final String ASSUMPTION_OF_JUNIT4 =
      "org.junit.internal.AssumptionViolatedException";

  /** The outcomes of classes that have a database now. */
  private static final Set<Outcome> OF_CLASSES = ConcurrentHashMap.newKeySet();

  private final Class<?> testClass;
  private final ExtensionContext context;
  private volatile boolean failed;

  private Outcome(Class<?> testClass, ExtensionContext context) {
    this.testClass = testClass;
    this.context = context;
  }

  /** Begins the outcome of a class. */
  static Outcome ofClass(DatabaseOwner owner) {
    Outcome outcome = begin(owner, owner.context());
    OF_CLASSES.add(outcome);
    return outcome;
  }

  /** Begins the outcome of a method, reported in this context. */
  static Outcome ofMethod(DatabaseOwner owner, ExtensionContext method) {
    return begin(owner, method);
  }

  private static Outcome begin(DatabaseOwner owner, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            owner.testClass(), key -> new Outcome(owner.testClass(), context), Outcome.class);
  }

  /** Finds the outcome of an owner's class or method in a context; empty where there is none. */
  static Optional<Outcome> find(DatabaseOwner owner, ExtensionContext context) {
    return Optional.ofNullable(context.getStore(NAMESPACE).get(owner.testClass(), Outcome.class));
  }

  /** Records the exception that ended a test or another step. */
  void endedWith(Throwable thrown) {
    failed = failed || isFailure(thrown);
  }

  /** Records a failure in this class, or in one nested in it that shares its database. */
  static void failedIn(Class<?> testClass) {
    for (Class<?> at = testClass; at != null; at = at.getEnclosingClass()) {
      if (AnnotatedClass.of(at).isPresent()) {
        Class<?> wanted = at;
        OF_CLASSES.stream()
            .filter(outcome -> outcome.testClass == wanted)
            .forEach(outcome -> outcome.failed = true);
        return;
      }
    }
  }

  /** Returns whether it is a failure, now that all is over. */
  boolean end() {
    OF_CLASSES.remove(this);
    // A watcher of tests sees a method's end only when its database is gone.
    Optional<Throwable> last = context.getExecutionException();
    return failed || last.filter(Outcome::isFailure).isPresent();
  }

  private static boolean isFailure(Throwable thrown) {
    return !(thrown instanceof TestAbortedException) && !isAssumptionOfJUnit4(thrown.getClass());
  }

  private static boolean isAssumptionOfJUnit4(Class<?> thrown) {
    for (Class<?> at = thrown; at != null; at = at.getSuperclass()) {
      if (at.getName().equals(ASSUMPTION_OF_JUNIT4)) {
        return true;
      }
    }
    return false;
  }
}
