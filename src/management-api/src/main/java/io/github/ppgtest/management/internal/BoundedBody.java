package io.github.ppgtest.management.internal;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an answer as text: all of it within a time, however slowly it comes, and no
 * more than an answer of the API has.
 */
final class BoundedBody implements BodySubscriber<BoundedBody.Body> {
  /** A page of 100 databases has 0.2 MiB. */
  static final int LONGEST = 4 << 20;

  /**
   * The content of a body.
   *
   * @param text the body; empty where it is too long
   * @param isTooLong whether it has more than {@link #LONGEST} bytes
   */
  record Body(String text, boolean isTooLong) {
    @Override
    public String toString() {
      // The text may hold credentials.
      return "Body[" + text.length() + ", " + isTooLong + "]";
    }
  }

  private final CompletableFuture<Body> body = new CompletableFuture<>();
  private final CompletableFuture<Void> time = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile Flow.@Nullable Subscription subscription;

  BoundedBody(Duration timeout) {
    body.whenComplete((text, failure) -> time.complete(null));
    time.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (nothing, over) -> {
              if (over != null) {
                // First: what is cancelled may say that it was broken.
                body.completeExceptionally(new HttpTimeoutException("the body took too long"));
                end();
              }
            });
  }

  @Override
  public CompletionStage<Body> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
    if (body.isDone()) {
      begun.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (bytes.size() + buffer.remaining() > LONGEST) {
        body.complete(new Body("", true));
        end();
        return;
      }
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      bytes.writeBytes(chunk);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(new Body(bytes.toString(StandardCharsets.UTF_8), false));
  }

  private void end() {
    Flow.Subscription begun = subscription;
    if (begun != null) {
      begun.cancel();
    }
  }
}
