package io.github.ppgtest.management.internal;

import java.net.http.HttpClient;
import java.util.function.Supplier;

/**
 * The threads that the JDK's HTTP client starts, in a group of their own: Java 17 has no other way
 * to end them. They end by themselves, but a JVM that ends waits 300 ms for one that waits for
 * packets. Thread-safe.
 */
final class ClientThreads implements AutoCloseable {
  private final ThreadGroup group = new ThreadGroup("ppgtest-management-api");

  /** Creates a client in a thread of this group, which its own threads inherit. */
  HttpClient make(Supplier<HttpClient> maker) {
    return OwnThread.call(group, maker);
  }

  @Override
  public void close() {
    group.interrupt();
  }
}
