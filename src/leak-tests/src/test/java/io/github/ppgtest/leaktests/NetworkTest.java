package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private final Events events = new Events();
  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
  private final Network network;

  NetworkTest() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    network = new Network(URI.create("http://localhost:" + server.getAddress().getPort()));
    network.watchedBy(events::add);
  }

  @AfterEach
  void close() throws IOException {
    network.close();
    server.stop(0);
  }

  @Test
  void leadsOnAndTells() throws Exception {
    assertThat(ask().join().statusCode()).isEqualTo(204);

    assertThat(events.all()).containsExactly("API GET /v1/things", "API answered 204");
    assertThat(hosts).containsExactly("localhost:" + server.getAddress().getPort());
  }

  @Test
  void cutsConnectionsUntilItIsMended() throws Exception {
    network.become(Network.State.CUT);
    assertThatThrownBy(() -> ask().join()).hasRootCauseInstanceOf(IOException.class);

    network.become(Network.State.OPEN);
    assertThat(ask().join().statusCode()).isEqualTo(204);
  }

  @Test
  void keepsSilentAndThenGoesOn() throws Exception {
    network.become(Network.State.SILENT);
    CompletableFuture<HttpResponse<Void>> answer = ask();
    assertThat(events.await("API", 1, Duration.ofMillis(100))).isEmpty();
    assertThat(answer).isNotDone();

    network.become(Network.State.OPEN);
    assertThat(answer.join().statusCode()).isEqualTo(204);
  }

  private CompletableFuture<HttpResponse<Void>> ask() {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(network.url().resolve("/v1/things")).build(),
            BodyHandlers.discarding());
  }
}
