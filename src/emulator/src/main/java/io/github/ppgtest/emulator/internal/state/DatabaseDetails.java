package io.github.ppgtest.emulator.internal.state;

import java.util.List;
import java.util.Optional;

/** A database with its project and connections, all as of one moment. */
public record DatabaseDetails(Database database, Project project, List<Connection> connections) {
  public DatabaseDetails {
    connections = List.copyOf(connections);
  }

  /** Returns the id of the connection made along with the database; empty once it is deleted. */
  public Optional<String> defaultConnectionId() {
    return connections.stream()
        .map(Connection::id)
        .filter(database.firstConnectionId()::equals)
        .findFirst();
  }
}
