package io.github.ppgtest.emulator.internal.api;

import org.jspecify.annotations.Nullable;

/** A project as the API shows it. */
record ProjectJson(
    String id,
    String type,
    String url,
    String name,
    @Nullable String logicalId,
    String createdAt,
    @Nullable String defaultRegion,
    NamedLink workspace) {

  /** The answer that creates: it alone has the default database, or null. */
  record Created(
      String id,
      String type,
      String url,
      String name,
      @Nullable String logicalId,
      String createdAt,
      @Nullable String defaultRegion,
      NamedLink workspace,
      @Nullable DatabaseJson database) {}

  Created created(@Nullable DatabaseJson database) {
    return new Created(
        id, type, url, name, logicalId, createdAt, defaultRegion, workspace, database);
  }
}
