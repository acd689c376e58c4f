package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.Methanol;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/** Creates the HTTP client, quickly: the first database of a JVM waits for it. */
final class HttpClients {
  private HttpClients() {}

  static HttpClient create(
      ClientSettings settings,
      Executor workers,
      Methanol.Interceptor retries,
      Methanol.Interceptor attempts) {
    Methanol.Builder builder =
        Methanol.newBuilder()
            .executor(workers)
            .connectTimeout(settings.connectTimeout())
            .version(HttpClient.Version.HTTP_1_1)
            // Answers are small, and the decoders would be looked up on the class path.
            .autoAcceptEncoding(false)
            .proxy(new LoopbackDirectly())
            // A redirect must not carry the token elsewhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .interceptor(retries)
            .interceptor(attempts);
    if (!isTls(settings.baseUrl())) {
      builder.sslContext(new NoTls());
    }
    return builder.build();
  }

  private static boolean isTls(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
