package io.github.ppgtest.management.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work in a thread of its own, which the calling thread waits for. */
public final class OwnThread {
  private static final String NAME = "ppgtest-management-api";

  private OwnThread() {}

  /**
   * Does work that an interrupt must not cut short, as what it has got by then would be lost. The
   * calling thread's flag stays as it is.
   */
  public static <T> T uninterrupted(Supplier<T> work) {
    return call(null, work);
  }

  /** Does work in a thread of a group, and returns or throws what it does. */
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
