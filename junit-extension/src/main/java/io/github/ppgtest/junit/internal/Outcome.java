package io.github.ppgtest.junit.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/**
 * Whether a test class or a test method that holds a database has failed, as far as it has come.
 * Thread-safe.
 *
 * <p>Extensions are told of most failures and know of which class; what fails between tests, such
 * as the source of a parameterized test's arguments, only the launcher's listeners are told.
 */
final class Outcome {
  private static final Namespace NAMESPACE = Namespace.create(Outcome.class);

  /** JUnit 4's assumptions abort a test of Jupiter too. */
  private static final String ASSUMPTION_OF_JUNIT4 =
      "org.junit.internal.AssumptionViolatedException";

  /** Of the classes that hold a database now. */
  private static final Set<Outcome> OF_CLASSES = ConcurrentHashMap.newKeySet();

  private final Class<?> testClass;
  private final ExtensionContext context;
  private volatile boolean failed;

  private Outcome(Class<?> testClass, ExtensionContext context) {
    this.testClass = testClass;
    this.context = context;
  }

  /** Begins that of a class. */
  static Outcome ofClass(DatabaseOwner owner) {
    Outcome outcome = begin(owner, owner.context());
    OF_CLASSES.add(outcome);
    return outcome;
  }

  /** Begins that of a method of a class, of which it is told in this context. */
  static Outcome ofMethod(DatabaseOwner owner, ExtensionContext method) {
    return begin(owner, method);
  }

  private static Outcome begin(DatabaseOwner owner, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            owner.testClass(), key -> new Outcome(owner.testClass(), context), Outcome.class);
  }

  /** Finds that of whoever holds an owner's database in a context; empty where nobody does. */
  static Optional<Outcome> find(DatabaseOwner owner, ExtensionContext context) {
    return Optional.ofNullable(context.getStore(NAMESPACE).get(owner.testClass(), Outcome.class));
  }

  /** Takes note of what ended a test, or something else. */
  void endedWith(Throwable thrown) {
    failed = failed || isFailure(thrown);
  }

  /** Takes note of a failure in this class, or in one nested in it that shares its database. */
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
    // Of a method, a watcher of tests is only told when its database is gone.
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
