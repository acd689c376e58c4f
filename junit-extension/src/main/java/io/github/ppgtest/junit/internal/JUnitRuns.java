package io.github.ppgtest.junit.internal;

import io.github.ppgtest.spi.DatabasePlan;
import io.github.ppgtest.spi.DatabaseRun;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The runs of JUnit in this JVM: one, unless a test runs tests. Thread-safe. */
final class JUnitRuns {
  private static final Namespace NAMESPACE = Namespace.create(JUnitRuns.class);

  /** Those that a launcher has planned. */
  private static final List<DatabaseRun> PLANNED = new CopyOnWriteArrayList<>();

  private JUnitRuns() {}

  static DatabaseRun begin(DatabasePlan plan) {
    DatabaseRun run = DatabaseRun.begin(plan);
    PLANNED.add(run);
    return run;
  }

  static void end(DatabaseRun run) {
    PLANNED.remove(run);
    run.close();
  }

  /** Tells all planned runs, as ids are unique. */
  static void tell(Consumer<DatabaseRun> event) {
    PLANNED.forEach(event);
  }

  /**
   * Finds the run of a class: the one that has planned it, else one without a plan, as where no
   * launcher runs the engine.
   *
   * @param context of the class
   */
  static DatabaseRun of(ExtensionContext context) {
    return PLANNED.stream()
        .filter(run -> run.plans(context.getUniqueId()))
        .findFirst()
        .orElseGet(
            () ->
                context
                    .getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                        Unplanned.class, key -> new Unplanned(DatabaseRun.begin()), Unplanned.class)
                    .run());
  }

  /** A run that JUnit closes with its engine. */
  private record Unplanned(DatabaseRun run) implements CloseableResource, AutoCloseable {
    @Override
    public void close() {
      run.close();
    }
  }
}
