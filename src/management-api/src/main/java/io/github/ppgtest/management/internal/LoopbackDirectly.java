package io.github.ppgtest.management.internal;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The JVM's own proxy selector, but no proxy for this machine, which no proxy reaches: the JDK
 * exempts it only until {@code http.nonProxyHosts} is set, or another selector. Thread-safe.
 */
final class LoopbackDirectly extends ProxySelector {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d+){3}|\\[?(::1|0(:0){6}:1)]?", Pattern.CASE_INSENSITIVE);

  private static final List<Proxy> NONE = List.of(Proxy.NO_PROXY);

  @Override
  public List<Proxy> select(URI uri) {
    ProxySelector jvm = ProxySelector.getDefault();
    return jvm == null || LOOPBACK.matcher(String.valueOf(uri.getHost())).matches()
        ? NONE
        : jvm.select(uri);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
    ProxySelector jvm = ProxySelector.getDefault();
    if (jvm != null) {
      jvm.connectFailed(uri, proxy, failure);
    }
  }
}
