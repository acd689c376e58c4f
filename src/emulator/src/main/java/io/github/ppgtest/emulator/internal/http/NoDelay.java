package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Makes servers that set TCP_NODELAY. The JDK's server writes head and body of an answer
 * separately, and without the option the body waits up to 40 ms for the client to acknowledge the
 * head.
 *
 * <p>It reads the system property once, when its classes load. So the property is set for that
 * moment, while the first server of a JVM is made, unless the user has set it.
 */
final class NoDelay {
  private static final String PROPERTY = "sun.net.httpserver.nodelay";
  private static boolean loaded;

  private NoDelay() {}

  static synchronized HttpServer bind(InetSocketAddress address, int backlog) throws IOException {
    if (loaded || System.getProperty(PROPERTY) != null) {
      return HttpServer.create(address, backlog);
    }
    System.setProperty(PROPERTY, "true");
    try {
      return HttpServer.create(address, backlog);
    } finally {
      System.clearProperty(PROPERTY);
      loaded = true;
    }
  }
}
