package io.github.ppgtest.junit.internal;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresFixture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The remaining demand for one kind of database: the one of a class, those of a class's methods, or
 * one for several classes; and the databases prefetched for it. For {@link DatabasePrefetcher},
 * under its lock.
 */
final class DatabaseDemand {
  private final AnnotatedClass wanting;
  private final Isolation isolation;
  private final boolean isRemote;
  private final int most;

  /** Classes that are not over yet, by JUnit's unique ids. */
  private final Set<String> classes = new HashSet<>();

  /** Tests or classes that will need a database each when they start. */
  private final Set<String> pending = new HashSet<>();

  /** Templates among them, which need one for each of their invocations, not known before. */
  private final Set<String> templates = new HashSet<>();

  /** Templates that run, and how many invocations each has had. */
  private final Map<String, Integer> running = new HashMap<>();

  private final Deque<PrefetchedDatabase> stock = new ArrayDeque<>();
  private boolean failing;
  private boolean taken;
  private @Nullable Runnable atEnd;

  /**
   * Begins without any.
   *
   * @param isRemote whether the databases are outside this machine
   * @param most the most to prefetch; 0 where that is done otherwise
   */
  DatabaseDemand(AnnotatedClass wanting, Isolation isolation, boolean isRemote, int most) {
    this.wanting = wanting;
    this.isolation = isolation;
    this.isRemote = isRemote;
    this.most = most;
  }

  /** Returns the name of the class with the demand; of several classes the first. */
  String name() {
    return wanting.testClass().getSimpleName();
  }

  /**
   * Creates the fixture of one more.
   *
   * @throws io.github.ppgtest.ConfigurationException if the annotation has an invalid value
   */
  PrismaPostgresFixture fixture() {
    return isolation == Isolation.RUN ? wanting.sharedFixture() : wanting.fixture();
  }

  Isolation isolation() {
    return isolation;
  }

  /**
   * Returns whether many can be made in the time of one, and at no cost for the running tests: then
   * they do not wait for each other, and as many as allowed are made at first.
   */
  boolean isRemote() {
    return isRemote && most > 1;
  }

  /** Returns whether databases are prefetched on this machine. */
  boolean isMadeHere() {
    return !isRemote && most > 0;
  }

  /** Returns how many may be prefetched; one where prefetching starts none. */
  int most() {
    return Math.max(1, most);
  }

  void addClass(String id) {
    classes.add(id);
    if (isolation == Isolation.CLASS) {
      pending.add(id);
    }
  }

  void addMethod(String id, boolean isTemplate) {
    pending.add(id);
    if (isTemplate) {
      templates.add(id);
    }
  }

  /** Marks a class or test as started. */
  void started(String id) {
    if (pending.remove(id) && templates.remove(id)) {
      running.put(id, 0);
    }
  }

  /** Counts a further invocation of a template. */
  void invoked(String id) {
    running.computeIfPresent(id, (template, before) -> before + 1);
  }

  /** Marks a class or test as over, or left out. */
  void over(String id) {
    pending.remove(id);
    running.remove(id);
    classes.remove(id);
  }

  /** Returns whether there is no demand left. */
  boolean isOver() {
    return classes.isEmpty();
  }

  /** Returns how many databases are still to be begun for the expected demand. */
  int missing() {
    return failing ? 0 : Math.max(0, expected() - stock.size());
  }

  private int expected() {
    if (isolation == Isolation.RUN) {
      return taken || classes.isEmpty() ? 0 : 1;
    }
    // A template that has had many invocations is expected to have as many more.
    return pending.size() + running.values().stream().mapToInt(seen -> Math.max(1, seen)).sum();
  }

  int prefetched() {
    return stock.size();
  }

  void add(PrefetchedDatabase prefetched) {
    stock.add(prefetched);
  }

  /** Removes one that has failed. The next request makes its own. */
  boolean failed(PrefetchedDatabase prefetched) {
    failing = true;
    return stock.remove(prefetched);
  }

  /** Ends prefetching, as it must fail. */
  void giveUp() {
    failing = true;
  }

  /** Resumes prefetching after a success. */
  void succeeded() {
    failing = false;
  }

  /** Removes one for a request: a ready one, else the one that was begun first. */
  Optional<PrefetchedDatabase> take() {
    taken = true;
    Optional<PrefetchedDatabase> chosen =
        stock.stream().filter(PrefetchedDatabase::isReady).findFirst().or(() -> first());
    chosen.ifPresent(stock::remove);
    return chosen;
  }

  private Optional<PrefetchedDatabase> first() {
    return Optional.ofNullable(stock.peek());
  }

  /** Removes all. */
  List<PrefetchedDatabase> takeAll() {
    List<PrefetchedDatabase> all = new ArrayList<>(stock);
    stock.clear();
    return all;
  }

  /** Runs an action when there is no demand left. */
  void atEnd(Runnable action) {
    atEnd = action;
  }

  void end() {
    if (atEnd != null) {
      atEnd.run();
    }
  }
}
