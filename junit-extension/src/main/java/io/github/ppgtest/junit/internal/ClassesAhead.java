package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.ProvisioningException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a test run will come to and that want a database, in their order. While one of
 * them runs, the database of the next is made: never more than one ahead. Thread-safe.
 */
final class ClassesAhead implements AutoCloseable {
  /** Of all runs in this JVM: one, unless a test runs tests. */
  private static final List<ClassesAhead> RUNS = new CopyOnWriteArrayList<>();

  private final Set<Class<?>> all;

  // Both guarded by this.
  private final Queue<AnnotatedClass> ahead;
  private @Nullable PreparedDatabase prepared;

  private ClassesAhead(List<AnnotatedClass> classes) {
    this.all = classes.stream().map(AnnotatedClass::testClass).collect(Collectors.toSet());
    this.ahead = new ArrayDeque<>(classes);
  }

  /** Begins a run of these classes. Until it has come to the first, nothing is made. */
  static ClassesAhead begin(List<AnnotatedClass> classes) {
    ClassesAhead run = new ClassesAhead(classes);
    RUNS.add(run);
    return run;
  }

  /**
   * Starts the database of a class that begins, or takes the one that was prepared for it; then
   * begins to prepare the next class's.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if there is none to be had
   */
  static PrismaPostgresFixture start(AnnotatedClass wanting) {
    List<ClassesAhead> runs = runsWith(wanting.testClass());
    PrismaPostgresFixture fixture =
        runs.stream()
            .flatMap(run -> run.claim(wanting.testClass()).stream())
            .findFirst()
            .map(PreparedDatabase::take)
            .orElseGet(wanting::fixture);
    start(fixture, wanting.testClass(), runs);
    runs.forEach(ClassesAhead::prepareNext);
    return fixture;
  }

  private static void start(
      PrismaPostgresFixture fixture, Class<?> testClass, List<ClassesAhead> runs) {
    try {
      fixture.start();
    } catch (ProvisioningException e) {
      // Classes run in parallel: what was made for a later one may be the one too many of a plan.
      List<PreparedDatabase> oneTooMany =
          runs.stream().flatMap(run -> run.giveUpPreparing().stream()).toList();
      if (oneTooMany.isEmpty()) {
        throw e;
      }
      try {
        oneTooMany.forEach(prepared -> prepared.giveUpFor(testClass));
      } catch (PrismaPostgresException cleanUp) {
        e.addSuppressed(cleanUp);
        throw e;
      }
      fixture.start();
    }
  }

  /** Prepares no more, and returns what has been. */
  private synchronized Optional<PreparedDatabase> giveUpPreparing() {
    PreparedDatabase given = prepared;
    prepared = null;
    ahead.clear();
    return Optional.ofNullable(given);
  }

  /** Takes note of a class that is over, or was left out, whether it had a database or not. */
  static void passed(Class<?> testClass) {
    for (ClassesAhead run : runsWith(testClass)) {
      run.claim(testClass).ifPresent(PreparedDatabase::discard);
    }
  }

  private static List<ClassesAhead> runsWith(Class<?> testClass) {
    return RUNS.stream().filter(run -> run.all.contains(testClass)).toList();
  }

  private synchronized Optional<PreparedDatabase> claim(Class<?> testClass) {
    ahead.removeIf(wanting -> wanting.testClass() == testClass);
    PreparedDatabase candidate = prepared;
    if (candidate == null || !candidate.isFor(testClass)) {
      return Optional.empty();
    }
    prepared = null;
    return Optional.of(candidate);
  }

  private synchronized void prepareNext() {
    AnnotatedClass next = ahead.peek();
    if (next == null || prepared != null) {
      return;
    }
    try {
      prepared = PreparedDatabase.begin(next);
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      ahead.remove();
    }
  }

  /** Ends the run, and deletes what none of its classes came for. */
  @Override
  public void close() {
    RUNS.remove(this);
    giveUpPreparing().ifPresent(PreparedDatabase::discard);
  }
}
