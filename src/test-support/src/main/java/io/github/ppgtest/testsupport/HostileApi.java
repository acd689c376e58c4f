package io.github.ppgtest.testsupport;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server on loopback that reads a request of HTTP/1.1 and answers with whatever bytes, as no
 * library would let it, and then hangs up. Its clients really wait.
 */
public final class HostileApi implements AutoCloseable {
  /** What is answered. */
  @FunctionalInterface
  public interface Answer {
    void to(Exchange exchange) throws IOException, InterruptedException;
  }

  /** One request, which has been read, and the way back. */
  public final class Exchange {
    private final OutputStream out;
    private final String head;

    private Exchange(OutputStream out, String head) {
      this.out = out;
      this.head = head;
    }

    public String head() {
      return head;
    }

    public Exchange say(String text) throws IOException {
      return say(text.getBytes(StandardCharsets.UTF_8));
    }

    public Exchange say(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      sent.addAndGet(bytes.length);
      return this;
    }

    /** Says something after a pause; nothing where the test is over. */
    public Exchange drip(String text, Duration pause) throws IOException, InterruptedException {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS) ? this : say(text);
    }

    /** Says something again and again, until the client hangs up or the test is over. */
    public void forEver(String text, Duration pause) throws IOException, InterruptedException {
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        say(text);
      }
    }

    public void nothingMore() throws InterruptedException {
      closing.await();
    }
  }

  private final ServerSocket listener;
  private final Answer answer;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();

  public HostileApi(Answer answer) {
    this.answer = answer;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** One that says these bytes to each request. */
  public static HostileApi saying(String bytes) {
    return new HostileApi(exchange -> exchange.say(bytes));
  }

  /** One that answers a JSON body with a status and further header lines. */
  public static HostileApi answering(int status, String body, String... headers) {
    return saying(
        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"
            .formatted(
                status,
                body.getBytes(StandardCharsets.UTF_8).length,
                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n",
                body));
  }

  public URI url() {
    return URI.create("http://localhost:" + listener.getLocalPort());
  }

  /** The heads of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many bytes it has got rid of. */
  public long sent() {
    return sent.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed; the loop ends.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        OutputStream out = new BufferedOutputStream(client.getOutputStream())) {
      String head = head(client.getInputStream());
      requests.add(head);
      answer.to(new Exchange(out, head));
    } catch (IOException e) {
      // The client has hung up, which is what it should do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int character = in.read();
      if (character < 0) {
        throw new IOException("no whole request came");
      }
      head.append((char) character);
    }
    int length = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length:");
    if (length >= 0) {
      String number = head.substring(length + 15, head.indexOf("\r\n", length)).strip();
      in.readNBytes(Integer.parseInt(number));
    }
    return head.toString();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      listener.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
