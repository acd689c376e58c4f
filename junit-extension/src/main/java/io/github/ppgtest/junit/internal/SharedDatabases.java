package io.github.ppgtest.junit.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The databases that all classes of a run share which want the same. JUnit closes them at the end
 * of the run, where nobody knew before which class was the last. Thread-safe.
 */
final class SharedDatabases implements CloseableResource, AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(SharedDatabases.class);

  private final Map<SharedKey, SharedDatabase> databases = new ConcurrentHashMap<>();

  private SharedDatabases() {}

  /** Finds or makes the one that a class shares; it is not started yet. */
  static SharedDatabase find(DatabaseOwner owner) {
    SharedDatabases ofThisRun =
        owner
            .context()
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                SharedDatabases.class, key -> new SharedDatabases(), SharedDatabases.class);
    return ofThisRun.databases.computeIfAbsent(
        SharedKey.of(owner.annotated()), key -> new SharedDatabase(owner.annotated()));
  }

  @Override
  public void close() {
    databases.values().forEach(SharedDatabase::end);
  }
}
