package io.github.ppgtest.junit.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The databases of a run that classes with the same terms share. JUnit closes them at the end of
 * the run, where the last class was not known before. Thread-safe.
 */
final class SharedDatabases implements CloseableResource, AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(SharedDatabases.class);

  private final Map<SharedKey, SharedDatabase> databases = new ConcurrentHashMap<>();

  private SharedDatabases() {}

  /** Finds or creates the one of a class; it is not started yet. */
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
