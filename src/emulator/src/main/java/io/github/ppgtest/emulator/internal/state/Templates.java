package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.http.ApiError;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/**
 * The templates: databases that are made once for each key, and then only copied. Safe for use by
 * many threads.
 */
public final class Templates {

  /** Fills a new database. */
  @FunctionalInterface
  public interface Maker {
    void make(String databaseId, String connectionString);
  }

  private final Workspace workspace;
  private final EngineWorkers engine;
  private final DatabaseStore databases;
  private final BiFunction<Database, Credentials, String> connectionString;

  /** Held while a key's template is looked up or made. */
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** The id of each template that was made. */
  private final Map<Place, String> ids = new ConcurrentHashMap<>();

  private record Place(String projectId, String key) {}

  public Templates(
      Workspace workspace,
      EngineWorkers engine,
      DatabaseStore databases,
      BiFunction<Database, Credentials, String> connectionString) {
    this.workspace = workspace;
    this.engine = engine;
    this.databases = databases;
    this.connectionString = connectionString;
  }

  /**
   * Returns the id of a project's template, which is made unless it is there.
   *
   * @param isLasting whether the key stands for the same content in other processes
   * @throws ApiError 404 where there is no such project
   */
  public String get(String projectId, String key, boolean isLasting, Maker maker) {
    ReentrantLock lock = locks.computeIfAbsent(key, any -> new ReentrantLock());
    lock(lock, key);
    try {
      Place place = new Place(projectId, key);
      Optional<String> existing = find(place);
      if (existing.isPresent()) {
        return existing.get();
      }
      NewTemplate template =
          NewTemplate.add(workspace, engine, databases, projectId, nameOf(key), connectionString);
      Optional<String> elsewhere = findElsewhere(key);
      if (elsewhere.isPresent()) {
        template.copy(elsewhere.get());
      } else {
        template.make(key, isLasting, maker);
      }
      ids.put(place, template.id());
      return template.id();
    } finally {
      lock.unlock();
    }
  }

  private static void lock(ReentrantLock lock, String key) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "The template of %s is asked for by what makes it.".formatted(ApiError.quote(key)));
    }
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while another thread made the template of %s."
              .formatted(ApiError.quote(key)),
          e);
    }
  }

  private static String nameOf(String key) {
    return "template_" + key.substring(0, Math.min(12, key.length()));
  }

  /** Finds a template that is unchanged: users may delete it, or restore it from a backup. */
  private Optional<String> find(Place place) {
    return Optional.ofNullable(ids.get(place)).filter(this::isIntact);
  }

  private Optional<String> findElsewhere(String key) {
    return ids.entrySet().stream()
        .filter(template -> template.getKey().key().equals(key))
        .map(Map.Entry::getValue)
        .filter(this::isIntact)
        .findFirst();
  }

  private boolean isIntact(String id) {
    return workspace.atomically(
        () ->
            workspace
                .databases
                .find(id)
                .filter(database -> database.status() == DatabaseStatus.READY)
                .filter(database -> database.source().backupId() == null)
                .isPresent());
  }
}
