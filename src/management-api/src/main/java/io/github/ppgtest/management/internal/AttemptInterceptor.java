package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.Methanol;
import io.github.ppgtest.management.Delay;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Runs inside the retrying interceptor, once for each attempt: waits before it with the injected
 * delay, counts it, learns the server's time from the answer, and reports refusals for rate to the
 * listener.
 */
final class AttemptInterceptor implements Methanol.Interceptor {
  private final Delay delay;
  private final ServerTime serverTime;

  AttemptInterceptor(Delay delay, ServerTime serverTime) {
    this.delay = delay;
    this.serverTime = serverTime;
  }

  @Override
  public <T> HttpResponse<T> intercept(HttpRequest request, Chain<T> chain)
      throws IOException, InterruptedException {
    Attempts attempts = Attempts.of(request);
    Duration wait = attempts.takeWait();
    if (!wait.isZero()) {
      attempts.await(wait, delay);
    }
    attempts.begin();
    HttpResponse<T> response = forward(request, chain);
    serverTime.learn(response.headers());
    return response;
  }

  private static <T> HttpResponse<T> forward(HttpRequest request, Chain<T> chain)
      throws IOException, InterruptedException {
    try {
      return chain.forward(request);
    } catch (IllegalArgumentException e) {
      // The JDK's for an answer such as one with a length that is no number.
      ProtocolException noHttp = new ProtocolException(e.getMessage());
      noHttp.initCause(e);
      throw noHttp;
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> interceptAsync(
      HttpRequest request, Chain<T> chain) {
    // The waiting above blocks, which an asynchronous call must not; no call here is one.
    throw new UnsupportedOperationException("this client only sends synchronously");
  }
}
