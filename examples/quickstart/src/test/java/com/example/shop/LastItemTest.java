package com.example.shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.PrismaPostgresDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Takes the database itself, for a pool per client: this shop runs on two servers. */
@ShopDatabase
class LastItemTest {
  private final ExecutorService customers = Executors.newFixedThreadPool(2);

  @AfterEach
  void sendCustomersHome() {
    customers.shutdownNow();
  }

  /** The row lock lets one go first; the other then finds the shelf empty. */
  @Test
  void goesToOneOfTwoCustomersWhoWantItAtTheSameTime(PrismaPostgresDatabase database)
      throws Exception {
    Catalog catalog = new Catalog(database.dataSource());
    // Each pool counts against the database's connection limit, until it is closed.
    try (var north = database.newDataSource(1);
        var south = database.newDataSource(1)) {
      // Ten times, since a race that is lost only now and then is a race too.
      for (int round = 1; round <= 10; round++) {
        String sku = "VASE-" + round;
        catalog.add(new Product(sku, "Vase, the only one", new BigDecimal("4800.00"), 1));
        List<Callable<Boolean>> race =
            List.of(() -> sells(north, "Ada", sku), () -> sells(south, "Grace", sku));

        List<Future<Boolean>> sold = customers.invokeAll(race, 30, SECONDS);

        assertThat(List.of(sold.get(0).get(), sold.get(1).get()))
            .containsExactlyInAnyOrder(true, false);
        assertThat(catalog.find(sku).orElseThrow().stock()).isZero();
      }
    }
  }

  private static boolean sells(DataSource server, String customer, String sku) throws Exception {
    try {
      new Orders(server).place(customer, Map.of(sku, 1));
      return true;
    } catch (OutOfStockException e) {
      return false;
    }
  }
}
