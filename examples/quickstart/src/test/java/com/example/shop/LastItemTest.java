package com.example.shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.PrismaPostgresDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Takes the database itself, for a pool per client: the shop runs on two servers. */
@ShopDatabase
class LastItemTest {

  @Test
  void goesToOneOfTwoCustomersWhoWantItAtTheSameMoment(PrismaPostgresDatabase database)
      throws Exception {
    Catalog catalog = new Catalog(database.dataSource());
    catalog.add(new Product("VASE", "Vase, Ming", new BigDecimal("4800.00"), 1));

    // Each pool counts against the connection limit of the database, until it is closed.
    try (var north = database.newDataSource(1);
        var south = database.newDataSource(1)) {
      CyclicBarrier ready = new CyclicBarrier(2);
      List<Boolean> sold =
          atTheSameTime(
              () -> sellsVase(north, "Ada", ready), () -> sellsVase(south, "Grace", ready));

      assertThat(sold).containsExactlyInAnyOrder(true, false);
    }
    assertThat(catalog.find("VASE").orElseThrow().stock()).isZero();
  }

  private static boolean sellsVase(DataSource server, String customer, CyclicBarrier ready)
      throws Exception {
    Orders orders = new Orders(server);
    // Opens the server's connection, so that neither has a start over the other.
    assertThat(orders.placedBy(customer)).isEmpty();
    ready.await(30, SECONDS);
    try {
      orders.place(customer, Map.of("VASE", 1));
      return true;
    } catch (OutOfStockException e) {
      return false;
    }
  }

  @SafeVarargs
  private static <T> List<T> atTheSameTime(Callable<T>... tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.length);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(List.of(tasks), 60, SECONDS)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
