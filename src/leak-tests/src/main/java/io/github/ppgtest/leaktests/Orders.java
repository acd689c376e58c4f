package io.github.ppgtest.leaktests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** How a victim is told to end itself: in a test if one runs just then, else in another thread. */
final class Orders {
  private static final Duration WORK = Duration.ofMillis(30);
  private static final SynchronousQueue<Weapon> ORDERS = new SynchronousQueue<>();

  private Orders() {}

  /** Reads orders from the standard input, until it ends. */
  static void read() {
    Thread reader = new Thread(Orders::readAll, "orders");
    reader.setDaemon(true);
    reader.start();
  }

  private static void readAll() {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Weapon weapon = Weapon.valueOf(line);
        if (!ORDERS.offer(weapon, 5, TimeUnit.MILLISECONDS)) {
          obey(weapon);
        }
      }
    } catch (IOException e) {
      System.out.println("LEAKS cannot read orders: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a test does for a while, if no order comes. */
  static void work() throws InterruptedException {
    Weapon weapon = ORDERS.poll(WORK.toNanos(), TimeUnit.NANOSECONDS);
    if (weapon != null) {
      obey(weapon);
    }
  }

  private static void obey(Weapon weapon) {
    switch (weapon) {
      case EXIT -> System.exit(Weapon.OF_EXIT);
      case HALT -> Runtime.getRuntime().halt(Weapon.OF_HALT);
      case OUT_OF_MEMORY, OUT_OF_MEMORY_EXIT -> fillMemory();
      default -> throw new IllegalArgumentException(weapon + " comes from outside");
    }
  }

  /** Other threads that want memory just then fail too. */
  private static void fillMemory() {
    List<byte[]> kept = new ArrayList<>();
    while (true) {
      kept.add(new byte[64 * 1024]);
    }
  }
}
