package io.github.ppgtest.leaktests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies between a victim, its watchdog and the cloud: it can be cut and mended, and tells which
 * requests go by. Thread-safe.
 */
final class Network implements AutoCloseable {

  /** How it is. */
  enum State {
    /** All goes through. */
    OPEN,
    /** Connections are cut, and new ones too. */
    CUT,
    /** Connections are there, and nothing goes through until it is open again. */
    SILENT
  }

  private static final Pattern HOST = Pattern.compile("(?i)(?<=\r\n)Host: [^\r]*");
  private static final Pattern REQUEST = Pattern.compile("(GET|POST|PATCH|DELETE) (\\S+) HTTP/1");

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Consumer<String> watcher = line -> {};

  // Guarded by this.
  private State state = State.OPEN;

  Network(URI target) throws IOException {
    this.target = target.getPort();
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Returns where the cloud is to be found from here. */
  URI url() {
    return URI.create("http://localhost:" + listener.getLocalPort());
  }

  /** Tells another watcher of the requests from now on. */
  void watchedBy(Consumer<String> newWatcher) {
    watcher = newWatcher;
  }

  synchronized void become(State next) {
    state = next;
    if (next == State.CUT) {
      sockets.forEach(Network::close);
    }
    notifyAll();
  }

  private synchronized State passable() throws InterruptedException {
    while (state == State.SILENT) {
      wait();
    }
    return state;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        start(() -> lead(client));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          watcher.accept("API unreachable: " + e);
        }
      }
    }
  }

  private void lead(Socket client) {
    sockets.add(client);
    try (client) {
      if (passable() == State.CUT) {
        return;
      }
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        sockets.add(server);
        start(() -> pump(server, client));
        pump(client, server);
        sockets.remove(server);
      }
    } catch (IOException e) {
      watcher.accept("API connection failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(client);
    }
  }

  /** Leads one direction on until either side hangs up, and then hangs up on both. */
  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        tell(text);
        if (passable() == State.CUT) {
          return;
        }
        out.write(addressed(text).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // Cut, or one side is dead: as in any network.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Names the host that is behind, as the cloud's guard against pages in browsers wants it. */
  private String addressed(String text) {
    return REQUEST.matcher(text).lookingAt()
        ? HOST.matcher(text).replaceFirst("Host: localhost:" + target)
        : text;
  }

  private void tell(String start) {
    Matcher request = REQUEST.matcher(start);
    if (request.lookingAt()) {
      watcher.accept("API " + request.group(1) + " " + request.group(2));
    } else if (start.startsWith("HTTP/1.1 ")) {
      watcher.accept("API answered " + start.substring(9, 12));
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "network");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    become(State.CUT);
  }
}
