package io.github.ppgtest.management.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs work in a thread of its own while the calling thread waits. */
public final class OwnThread {
  private static final String NAME = "ppgtest-management-api";

  private OwnThread() {}

  /**
   * Runs work that an interrupt must not cut short, as its results so far would be lost. The
   * calling thread's flag stays as it is.
   */
  public static <T> T uninterrupted(Supplier<T> work) {
    return call(null, work);
  }

  /** Runs work in a thread of a group, and returns its result or throws its exception. */
  static <T> T call(@Nullable ThreadGroup group, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            group,
            () -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            },
            NAME);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
