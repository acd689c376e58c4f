package io.github.ppgtest.emulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Sends an emulator what no library would: another host, half a request, bytes. */
public final class HostileClient implements AutoCloseable {
  private final Socket socket;

  private HostileClient(Socket socket) {
    this.socket = socket;
  }

  public static HostileClient of(URI api) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
    socket.setSoTimeout((int) TestEmulator.HANG.toMillis());
    return new HostileClient(socket);
  }

  /** Returns the head of a request, with these headers and no other, up to its empty line. */
  static String head(String method, String target, Map<String, String> headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /** Sends one request on a connection of its own and returns the status; 0 for no answer. */
  static int status(URI api, String method, String target, Map<String, String> headers)
      throws IOException {
    try (HostileClient client = of(api)) {
      client.send(head(method, target, headers));
      return client.status();
    }
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends and finishes, unless the emulator has ended the connection meanwhile. */
  void sendIfItListens(byte[] bytes) {
    try {
      send(bytes);
      finish();
    } catch (IOException cut) {
      // Its answer may be there nevertheless.
    }
  }

  /** Ends what is sent, as a client does that has gone. */
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  /** Waits for an answer's first line and returns the status; 0 where the connection ends first. */
  public int status() {
    String line = line();
    return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9, 12)) : 0;
  }

  /** Waits for the connection's end and returns all that the emulator has sent. */
  public String text() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Waits for the connection's end and returns the statuses of all answers. */
  public List<Integer> statuses() throws IOException {
    return Pattern.compile("HTTP/1.1 (\\d{3}) ")
        .matcher(text())
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read();
          c >= 0 && c != '\n';
          c = socket.getInputStream().read()) {
        line.append((char) c);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The emulator neither answers nor ends the connection", e);
    } catch (IOException cut) {
      return "";
    }
    return line.toString();
  }

  /** Waits until the emulator ends the connection. */
  public void awaitEnd() {
    try {
      socket.getInputStream().skip(Long.MAX_VALUE);
      while (socket.getInputStream().read() >= 0) {
        // What it still says.
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The emulator does not end the connection", e);
    } catch (IOException cut) {
      // So it has.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
