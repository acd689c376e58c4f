package io.github.ppgtest.management.internal;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The threads that the JDK's HTTP client starts, in a group of their own: Java 17 has no other way
 * to end them. They end by themselves, but a JVM that ends waits 300 ms for one that waits for
 * packets. Thread-safe.
 */
final class ClientThreads implements AutoCloseable {
  private final ThreadGroup group = new ThreadGroup("ppgtest-management-api");
  private final ExecutorService workers = Executors.newCachedThreadPool(this::daemon);

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(group, work, "ppgtest-management-api-worker");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Creates a client in a thread of this group, which its own threads inherit.
   *
   * @param maker takes the client's executor
   */
  HttpClient make(Function<Executor, HttpClient> maker) {
    return OwnThread.call(group, () -> maker.apply(this::execute));
  }

  /**
   * Does a client's work in the thread that gives it where no other can be started: an error there
   * would end the client's own thread, and with it all timeouts.
   */
  private void execute(Runnable work) {
    try {
      workers.execute(work);
    } catch (OutOfMemoryError e) {
      work.run();
    }
  }

  @Override
  public void close() {
    group.interrupt();
  }
}
