package io.github.ppgtest.junit.internal;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
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
 * What a run will yet want of databases that are alike: the one of a class, those of a class's
 * methods, or one for several classes; and what is prepared of that. For {@link DatabasesAhead},
 * under its lock.
 */
final class Need {
  private final AnnotatedClass wanting;
  private final Isolation isolation;
  private final Provider provider;
  private final int most;

  /** Classes that are not over yet, by JUnit's unique ids. */
  private final Set<String> classes = new HashSet<>();

  /** What will want a database each when it starts. */
  private final Set<String> pending = new HashSet<>();

  /** Those of it that want one for each of their invocations, which are not known before. */
  private final Set<String> templates = new HashSet<>();

  /** Templates that run, and how many invocations each has had. */
  private final Map<String, Integer> running = new HashMap<>();

  private final Deque<PreparedDatabase> stock = new ArrayDeque<>();
  private boolean failing;
  private boolean taken;
  private @Nullable Runnable atEnd;

  /**
   * Begins without any.
   *
   * @param most how many it makes sense to start ahead; 0 where that is done otherwise
   */
  Need(AnnotatedClass wanting, Isolation isolation, Provider provider, int most) {
    this.wanting = wanting;
    this.isolation = isolation;
    this.provider = provider;
    this.most = most;
  }

  /** Names who wants them; of several classes the first. */
  String name() {
    return wanting.testClass().getSimpleName();
  }

  /**
   * Makes what provides one more.
   *
   * @throws io.github.ppgtest.ConfigurationException if the annotation has a value that cannot be
   */
  PrismaPostgresFixture fixture() {
    return isolation == Isolation.RUN ? wanting.sharedFixture() : wanting.fixture();
  }

  Isolation isolation() {
    return isolation;
  }

  /**
   * Tells whether many can be made in the time of one, and at no cost for the tests that run: then
   * none waits for another, and as many are made at first as may be.
   */
  boolean isRemote() {
    return provider == Provider.CLOUD && most > 1;
  }

  /** Tells whether one costs nobody but this machine anything. */
  boolean isMadeHere() {
    return provider == Provider.EMBEDDED && most > 0;
  }

  /** Tells how many may be prepared; one where preparing it starts none. */
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

  /** Takes note of something that JUnit has started. */
  void started(String id) {
    if (pending.remove(id) && templates.remove(id)) {
      running.put(id, 0);
    }
  }

  /** Takes note of a further invocation of something. */
  void invoked(String id) {
    running.computeIfPresent(id, (template, before) -> before + 1);
  }

  /** Takes note of something that is over, or was left out. */
  void over(String id) {
    pending.remove(id);
    running.remove(id);
    classes.remove(id);
  }

  /** Tells whether nothing is to come that could want a database. */
  boolean isOver() {
    return classes.isEmpty();
  }

  /** Tells how many databases are to be made that nobody has asked for yet, and none is there. */
  int missing() {
    return failing ? 0 : Math.max(0, expected() - stock.size());
  }

  private int expected() {
    if (isolation == Isolation.RUN) {
      return taken || classes.isEmpty() ? 0 : 1;
    }
    // Of a template that has had many invocations, as many are expected.
    return pending.size() + running.values().stream().mapToInt(seen -> Math.max(1, seen)).sum();
  }

  int prepared() {
    return stock.size();
  }

  void add(PreparedDatabase prepared) {
    stock.add(prepared);
  }

  /** Takes out one that has failed. Who wants the next makes it himself. */
  boolean failed(PreparedDatabase prepared) {
    failing = true;
    return stock.remove(prepared);
  }

  /** Prepares none, as that must fail. */
  void giveUp() {
    failing = true;
  }

  /** Takes note that one could be made after all. */
  void succeeded() {
    failing = false;
  }

  /** Takes one out for who wants it: one that is there, else the one that was begun first. */
  Optional<PreparedDatabase> take() {
    taken = true;
    Optional<PreparedDatabase> chosen =
        stock.stream().filter(PreparedDatabase::isReady).findFirst().or(() -> first());
    chosen.ifPresent(stock::remove);
    return chosen;
  }

  private Optional<PreparedDatabase> first() {
    return Optional.ofNullable(stock.peek());
  }

  /** Takes all out. */
  List<PreparedDatabase> takeAll() {
    List<PreparedDatabase> all = new ArrayList<>(stock);
    stock.clear();
    return all;
  }

  /** Has something done when nothing is to come any more. */
  void atEnd(Runnable action) {
    atEnd = action;
  }

  void end() {
    if (atEnd != null) {
      atEnd.run();
    }
  }
}
