package io.github.ppgtest.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has PostgreSQL's driver connect to this machine without a proxy, also where the JVM has one for
 * everything: {@code socksProxyHost} with {@code socksNonProxyHosts} empty, or a {@link
 * java.net.ProxySelector}. The driver creates it where its property {@code socketFactory} names it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectSocketFactory extends SocketFactory {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d+){3}|\\[?(::1|0(:0){6}:1)]?", Pattern.CASE_INSENSITIVE);

  /** Called by the driver. */
  public DirectSocketFactory() {}

  /**
   * Returns the value of the driver's property {@code socketFactory} for a host.
   *
   * @return empty where that is not this machine, or the driver's class loader does not find this
   *     class
   */
  public static Optional<String> forHost(String host) {
    return LOOPBACK.matcher(host).matches() && isSeenByDriver()
        ? Optional.of(DirectSocketFactory.class.getName())
        : Optional.empty();
  }

  private static boolean isSeenByDriver() {
    try {
      ClassLoader drivers = org.postgresql.Driver.class.getClassLoader();
      return Class.forName(DirectSocketFactory.class.getName(), false, drivers)
          == DirectSocketFactory.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Socket createSocket() {
    return new Socket(Proxy.NO_PROXY);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  private Socket connected(InetSocketAddress address, @Nullable InetSocketAddress local)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(local);
      socket.connect(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
