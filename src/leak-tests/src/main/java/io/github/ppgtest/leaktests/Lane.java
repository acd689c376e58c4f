package io.github.ppgtest.leaktests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * A cloud with its strangers, and the victims that die beside them, one after the other. For one
 * thread.
 */
final class Lane implements AutoCloseable {
  /** How long a victim may take to end once it is struck, with teardown in a bad network. */
  private static final Duration END = Duration.ofMinutes(5);

  private static final Duration UNTIL_ITS_MOMENT = Duration.ofMinutes(3);

  private final Path directory;
  private final Path state;
  private final Cloud cloud;
  private final Network network;
  private final Strangers strangers;
  private final ForeignRun foreignRun;
  private final Reaping reaping;
  private final PreparedCache cache;
  private final SharedMemory memory;

  /** What was in the cloud when all had begun, or was left by a victim whose fault is reported. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  private final Map<String, String> others;

  /** The projects of which victims left only a note. */
  private final List<String> unanswered = new CopyOnWriteArrayList<>();

  /** For what takes long to settle. */
  private final ExecutorService waiters = Executors.newCachedThreadPool();

  private final List<Future<?>> waiting = new ArrayList<>();

  private Lane(Path directory, Path state, Cloud cloud, PreparedCache cache, SharedMemory memory)
      throws IOException, InterruptedException {
    this.cache = cache;
    this.memory = memory;
    this.directory = directory;
    this.state = state;
    this.cloud = cloud;
    this.network = new Network(cloud.url());
    this.strangers = Strangers.settle(cloud);
    this.reaping = new Reaping(cloud, strangers.projectId());
    // Over a network of its own, as it is on another machine.
    this.foreignRun =
        ForeignRun.start(
            new Surroundings(cloud.url(), cloud.token(), strangers.projectId(), state),
            Files.createDirectories(directory.resolve("foreign")),
            cloud,
            memory);
    this.others = cloud.contents();
    this.known.addAll(others.keySet());
  }

  /**
   * Opens a lane.
   *
   * @param directory for all that it needs
   * @param state where its ledgers are
   * @param cache what is copied where a victim's cache is to be damaged
   */
  static Lane open(Path directory, Path state, PreparedCache cache, SharedMemory memory)
      throws IOException, InterruptedException {
    Cloud cloud = Cloud.start(Files.createDirectories(directory));
    try {
      return new Lane(directory, state, cloud, cache, memory);
    } catch (RuntimeException | IOException e) {
      cloud.close();
      throw e;
    }
  }

  Surroundings surroundings() {
    return new Surroundings(network.url(), cloud.token(), strangers.projectId(), state);
  }

  /**
   * Lets one victim die, and waits until nothing is left of it, or only a note of what may still
   * come: then others can die meanwhile.
   */
  void run(Plan plan, Consumer<Death> deaths) throws Exception {
    Path home = Files.createDirectories(directory.resolve("v" + plan.number()));
    Remains remains = new Remains(home, surroundings().ledgers(), cloud, memory, known);
    Storage storage = Storage.prepare(plan, home, cache);
    List<String> wrong = new ArrayList<>();
    Events events = new Events();
    network.watchedBy(events::add);
    boolean met;
    boolean watched;
    String last;
    try (Victim victim =
        Victim.start(plan, surroundings(), home, log(plan, "victim"), "all", events)) {
      remains.add(victim.pid());
      Future<List<String>> reapers =
          waiters.submit(() -> plan.reapers() ? reaping.run() : List.of());
      try (Trouble trouble = Trouble.around(plan, cloud, network, storage)) {
        met = victim.reaches(plan.moment(), UNTIL_ITS_MOMENT);
        last = events.last();
        met &= strike(plan, victim, trouble);
        if (victim.ended(END)) {
          watched = victim.isWatched();
          met &= plan.weapon().isCauseOf(victim.exitStatus());
        } else {
          watched = true;
          wrong.add("the victim itself, " + END.toSeconds() + " s after its death");
        }
      }
      wrong.addAll(result(reapers));
    }
    if (plan.weapon() == Weapon.NONE) {
      // What it printed last is read a moment after its end.
      events.await("LEAKS all ended", 1, END);
    }
    Files.write(log(plan, "events"), events.all());
    wrong.addAll(Survival.wrong(plan, events.all()));
    Aftermath aftermath =
        new Aftermath(
            plan,
            watched,
            remains,
            Aftermath.SETTLED,
            number -> runTheNext(plan, number, home, remains));
    boolean over = aftermath.isOverSoon();
    wrong.addAll(remains.inTheCloud());
    known.addAll(cloud.contents().keySet());
    Remains.missing(others, cloud.contents())
        .forEach(stranger -> wrong.add("MISSING, and somebody else's: " + stranger));
    boolean asPlanned = met;
    Callable<Void> report =
        () -> {
          Death death = aftermath.death(asPlanned, last, directory, wrong);
          storage.remove();
          unanswered.addAll(death.unanswered());
          deaths.accept(death);
          return null;
        };
    if (over) {
      report.call();
    } else {
      waiting.add(
          waiters.submit(
              () -> {
                aftermath.awaitEnd();
                return report.call();
              }));
    }
  }

  /** Returns whether the server fault found what it is to strike. */
  private boolean strike(Plan plan, Victim victim, Trouble trouble)
      throws IOException, InterruptedException {
    if (plan.watchdog() == Plan.WatchdogFate.KILLED_BEFORE) {
      victim.killWatchdog();
    }
    trouble.begin();
    boolean lost = true;
    if (plan.serverFault().endsServer()
        && !(plan.serverFault().isOfCache() && plan.faultsFromTheStart())) {
      lost = victim.lose(plan.serverFault(), memory, UNTIL_ITS_MOMENT);
    }
    if (plan.serverFault() != ServerFault.NONE) {
      // Long enough to notice it, or to have another server.
      victim.ended(plan.outageLasts().dividedBy(4));
    }
    victim.strike(plan.weapon());
    switch (plan.watchdog()) {
      case KILLED_AT_ONCE -> victim.killWatchdog();
      case KILLED_AFTER -> {
        victim.ended(plan.outageLasts().dividedBy(10));
        victim.killWatchdog();
      }
      case LIVES, KILLED_BEFORE, TURNED_OFF -> {}
    }
    return lost;
  }

  private void runTheNext(Plan plan, int number, Path home, Remains remains)
      throws IOException, InterruptedException {
    Plan next = Plan.calm(plan.provider(), plan.ownProject());
    Path log = log(plan, "next" + number);
    try (Victim victim = Victim.start(next, surroundings(), home, log, "one", new Events())) {
      remains.add(victim.pid());
      if (!victim.ended(END)) {
        throw new IllegalStateException("The JVM after " + plan + " did not end");
      }
    }
  }

  private Path log(Plan plan, String what) {
    return directory.resolve("v%d-%s.log".formatted(plan.number(), what));
  }

  /**
   * Waits until all has settled, ends the strangers, and looks whether all is as they left it.
   *
   * @return what is not
   */
  List<String> end() throws IOException, InterruptedException {
    for (Future<?> one : waiting) {
      result(one);
    }
    List<String> wrong = new ArrayList<>(strangers.broken());
    Map<String, String> contents = cloud.contents();
    Remains.missing(others, contents)
        .forEach(stranger -> wrong.add("missing at the end: " + stranger));
    contents.values().stream()
        .filter(there -> unanswered.stream().anyMatch(there::contains))
        .forEach(there -> wrong.add("only a note was left, but there is " + there));
    wrong.addAll(foreignRun.end());
    return wrong;
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("What goes on beside a death failed", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (cloud;
        network) {
      waiters.shutdownNow();
      foreignRun.close();
    }
  }
}
