package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.Methanol;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes the HTTP client, and makes it quickly: the first database of a JVM waits for it. */
final class HttpClients {
  private HttpClients() {}

  static HttpClient create(
      ClientSettings settings, Methanol.Interceptor retries, Methanol.Interceptor attempts) {
    Methanol.Builder builder =
        Methanol.newBuilder()
            .connectTimeout(settings.connectTimeout())
            // The JDK's timeout of a request ends with the headers; this one is for the body.
            .readTimeout(settings.requestTimeout())
            // Answers are small, and the decoders would be looked up on the class path.
            .autoAcceptEncoding(false)
            // A redirect must not carry the token elsewhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .interceptor(retries)
            .interceptor(attempts);
    if (isTls(settings.baseUrl())) {
      builder.version(HttpClient.Version.HTTP_2);
    } else {
      // On plain HTTP the JDK would first ask for an upgrade to HTTP/2. Nor is TLS ever spoken, but
      // the JDK would load all certificates of this machine for it, which takes 100 ms and more.
      builder.version(HttpClient.Version.HTTP_1_1).sslContext(trustingNobody());
    }
    return builder.build();
  }

  private static boolean isTls(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS, which java.net.http needs", e);
    }
  }
}
