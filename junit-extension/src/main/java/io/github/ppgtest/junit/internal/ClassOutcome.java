package io.github.ppgtest.junit.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/**
 * Whether a test class that has a database has failed, as far as it has come. Thread-safe.
 *
 * <p>Extensions are told of most failures and know of which class; what fails between tests, such
 * as the source of a parameterized test's arguments, only the launcher's listeners are told.
 */
final class ClassOutcome {
  private static final Namespace NAMESPACE = Namespace.create(ClassOutcome.class);

  /** JUnit 4's assumptions abort a test of Jupiter too. */
  private static final String ASSUMPTION_OF_JUNIT4 =
      "org.junit.internal.AssumptionViolatedException";

  /** Of the classes that have a database now. */
  private static final Set<ClassOutcome> CURRENT = ConcurrentHashMap.newKeySet();

  private final DatabaseOwner owner;
  private volatile boolean failed;

  private ClassOutcome(DatabaseOwner owner) {
    this.owner = owner;
  }

  /** Finds that of a class, which begins here where it is not known yet. */
  static ClassOutcome of(DatabaseOwner owner) {
    return owner
        .context()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            owner.testClass(), key -> new ClassOutcome(owner), ClassOutcome.class);
  }

  /** Takes note of what ended a test, or something else in the class. */
  void endedWith(Throwable thrown) {
    failed = failed || isFailure(thrown);
  }

  /** Takes note of a failure in this class, or in one nested in it that shares its database. */
  static void failedIn(Class<?> testClass) {
    for (Class<?> at = testClass; at != null; at = at.getEnclosingClass()) {
      if (AnnotatedClass.of(at).isPresent()) {
        Class<?> wanted = at;
        CURRENT.stream()
            .filter(outcome -> outcome.owner.testClass() == wanted)
            .forEach(outcome -> outcome.failed = true);
        return;
      }
    }
  }

  void begin() {
    CURRENT.add(this);
  }

  /** Returns whether the class has failed, now that it is over. */
  boolean end() {
    CURRENT.remove(this);
    Optional<Throwable> ofTheClass = owner.context().getExecutionException();
    return failed || ofTheClass.filter(ClassOutcome::isFailure).isPresent();
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
