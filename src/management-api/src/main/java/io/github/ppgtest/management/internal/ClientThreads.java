package io.github.ppgtest.management.internal;

import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The threads that the JDK's HTTP client starts, in a group of their own: Java 17 has no other way
 * to end them. They end by themselves, but a JVM that ends waits 300 ms for one that waits for
 * packets. Thread-safe.
 */
final class ClientThreads implements AutoCloseable {
  private final ThreadGroup group = new ThreadGroup("ppgtest-management-api");

  /** Makes a client whose threads are of this group, as they are of whoever makes it. */
  HttpClient make(Supplier<HttpClient> maker) {
    CompletableFuture<HttpClient> made = new CompletableFuture<>();
    Thread thread =
        new Thread(
            group,
            () -> {
              try {
                made.complete(maker.get());
              } catch (RuntimeException | Error e) {
                made.completeExceptionally(e);
              }
            },
            "ppgtest-management-api");
    thread.setDaemon(true);
    thread.start();
    try {
      return made.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    group.interrupt();
  }
}
