package io.github.ppgtest.emulator.internal.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.ppgtest.emulator.internal.state.DatabaseSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database as the API shows it.
 *
 * @param project null, and then not written, inside the project it was created with
 * @param apiKeys null, and then not written, except in two of the three answers that create
 * @param connectionString likewise
 * @param directConnection likewise
 */
record DatabaseJson(
    String id,
    String type,
    String url,
    String name,
    String status,
    String createdAt,
    boolean isDefault,
    @Nullable String defaultConnectionId,
    List<ConnectionJson> connections,
    @JsonInclude(Include.NON_NULL) @Nullable NamedLink project,
    RegionJson region,
    Source source,
    String branchId,
    @Nullable String logicalId,
    @JsonInclude(Include.NON_NULL) @Nullable List<ConnectionJson> apiKeys,
    @JsonInclude(Include.NON_NULL) @Nullable String connectionString,
    @JsonInclude(Include.NON_NULL) @Nullable DirectConnection directConnection) {

  /** Leaves the connection strings out. */
  @Override
  public String toString() {
    return "DatabaseJson[id=%s]".formatted(id);
  }

  record RegionJson(String id, String name) {}

  @JsonInclude(Include.NON_NULL)
  record Source(String type, @Nullable String databaseId, @Nullable String backupId) {
    static Source of(DatabaseSource source) {
      return new Source(source.type(), source.databaseId(), source.backupId());
    }
  }
}
