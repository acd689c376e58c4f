package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.state.Connections;
import io.github.ppgtest.emulator.internal.state.DatabaseStore;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.ProvisioningHook;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.Random;

/**
 * The context that all services of an emulator share.
 *
 * @param engine the databases
 * @param regions the regions of databases
 * @param hook decides how databases are provisioned
 * @param apiUrl the base of links in answers
 */
public record EmulatorContext(
    EngineWorkers engine,
    RegionCatalog regions,
    ProvisioningHook hook,
    URI apiUrl,
    Clock clock,
    Random random) {

  /** Makes an empty workspace. */
  public Workspace newWorkspace(String name) {
    Workspace workspace = new Workspace(new Ids(random), clock, name);
    engine.whenLost(workspace::lose);
    return workspace;
  }

  Connections connections(Workspace workspace) {
    return new Connections(workspace, engine, random);
  }

  DatabaseStore databases(Workspace workspace, Connections connections) {
    return new DatabaseStore(workspace, engine, connections, hook);
  }
}
