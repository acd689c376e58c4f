package io.github.ppgtest.leaktests;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What goes wrong around a victim, until it is over. For one thread. */
final class Trouble implements AutoCloseable {
  private final Plan plan;
  private final Cloud cloud;
  private final Network network;
  private final Storage storage;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private @Nullable ScheduledFuture<?> end;

  private Trouble(Plan plan, Cloud cloud, Network network, Storage storage) {
    this.plan = plan;
    this.cloud = cloud;
    this.network = network;
    this.storage = storage;
  }

  /** Begins what the plan wants from the start. */
  static Trouble around(Plan plan, Cloud cloud, Network network, Storage storage)
      throws InterruptedException {
    Trouble trouble = new Trouble(plan, cloud, network, storage);
    if (plan.faultsFromTheStart()) {
      trouble.inject();
    }
    return trouble;
  }

  /** Begins what comes with the victim's moment, which ends after the time that it lasts. */
  void begin() throws IOException, InterruptedException {
    if (!plan.faultsFromTheStart()) {
      inject();
    }
    network.become(plan.outage());
    storage.strike();
    end =
        timer.schedule(
            () -> {
              network.become(Network.State.OPEN);
              cloud.clear();
              storage.heal();
              return null;
            },
            plan.outageLasts().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void inject() throws InterruptedException {
    for (Map.Entry<CloudFault, Integer> fault : plan.faults().entrySet()) {
      cloud.inject(fault.getKey(), fault.getValue());
    }
  }

  /** Waits until all is well again. */
  @Override
  public void close() {
    try {
      if (end != null) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The trouble could not be ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the trouble lasted", e);
    } finally {
      timer.shutdownNow();
      network.become(Network.State.OPEN);
    }
  }
}
