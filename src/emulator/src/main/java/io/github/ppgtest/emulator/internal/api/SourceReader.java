package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.state.DatabaseSource;
import java.util.Optional;

/** Reads a database's source, to create or to restore it, out of a body. */
final class SourceReader {
  private SourceReader() {}

  /** Reads {@code source}; empty where it is absent. */
  static DatabaseSource creation(RequestBody body) {
    return source(body).orElse(DatabaseSource.EMPTY);
  }

  /** Reads {@code source}, or {@code fromDatabase}, which came before it. */
  static DatabaseSource creationOrDeprecated(RequestBody body) {
    Optional<DatabaseSource> source = source(body);
    Optional<DatabaseSource> deprecated = body.object("fromDatabase").map(SourceReader::deprecated);
    if (source.isPresent() && deprecated.isPresent()) {
      throw body.invalid("fromDatabase", "is what source was before; give only source.");
    }
    return source.or(() -> deprecated).orElse(DatabaseSource.EMPTY);
  }

  /** Reads {@code source} as a restoration has it, which is always a backup. */
  static DatabaseSource restoration(RequestBody body) {
    RequestBody source =
        body.object("source").orElseThrow(() -> body.invalid("source", "is required."));
    String type = source.requiredText("type");
    if (!type.equals("backup")) {
      throw source.invalid("type", "must be backup, not " + ApiError.quote(type) + ".");
    }
    return backup(source);
  }

  private static Optional<DatabaseSource> source(RequestBody body) {
    return body.object("source").map(SourceReader::read);
  }

  private static DatabaseSource read(RequestBody source) {
    String type = source.requiredText("type");
    return switch (type) {
      case "empty" -> DatabaseSource.EMPTY;
      case "database" -> DatabaseSource.database(source.requiredText("databaseId"));
      case "backup" -> backup(source);
      default ->
          throw source.invalid(
              "type", "must be empty, database or backup, not " + ApiError.quote(type) + ".");
    };
  }

  private static DatabaseSource backup(RequestBody source) {
    return DatabaseSource.backup(
        source.requiredText("databaseId"), source.requiredText("backupId"));
  }

  private static DatabaseSource deprecated(RequestBody fromDatabase) {
    String id = fromDatabase.requiredText("id");
    return fromDatabase
        .text("backupId")
        .map(backupId -> DatabaseSource.backup(id, backupId))
        .orElseGet(() -> DatabaseSource.database(id));
  }
}
