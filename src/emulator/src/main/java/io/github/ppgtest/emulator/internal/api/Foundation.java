package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.state.Connections;
import io.github.ppgtest.emulator.internal.state.Databases;
import io.github.ppgtest.emulator.internal.state.EngineWorkers;
import io.github.ppgtest.emulator.internal.state.Fate;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.Random;

/**
 * What all services of an emulator stand on.
 *
 * @param engine the databases
 * @param regions where they can be
 * @param fate what becomes of those that are made
 * @param apiUrl what links in answers begin with
 */
public record Foundation(
    EngineWorkers engine, Regions regions, Fate fate, URI apiUrl, Clock clock, Random random) {

  /** Makes an empty workspace. */
  public Workspace newWorkspace(String name) {
    Workspace workspace = new Workspace(new Ids(random), clock, name);
    engine.whenLost(workspace::lose);
    return workspace;
  }

  Connections connections(Workspace workspace) {
    return new Connections(workspace, engine, random);
  }

  Databases databases(Workspace workspace, Connections connections) {
    return new Databases(workspace, engine, connections, fate);
  }
}
