package io.github.ppgtest.emulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.HostileClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with handlers as bad, as slow and as many as they can be. */
final class ApiServerTest {
  private static final Duration HANG = Duration.ofMinutes(3);
  private static final Access ACCESS =
      authorization -> {
        if (authorization == null) {
          throw ApiError.unauthenticated("There is no token.");
        }
        if (authorization.equals("fault")) {
          throw new IllegalStateException("a fault of the emulator");
        }
      };

  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Router router =
      new Router()
          .get("/fast", request -> Response.data(200, "fast"))
          .post("/length", request -> Response.data(200, request.body(422).text("x").isPresent()))
          .get("/held", this::hold)
          .get("/large", request -> Response.data(200, "x".repeat(32 * 1024 * 1024)))
          .get("/exception", request -> fail(new IllegalStateException("a fault")))
          .get("/overflow", ApiServerTest::overflow)
          .get("/unwritable", request -> Response.bare(200, new Object()))
          .get("/memory", request -> fail(new OutOfMemoryError("of a test")))
          .get("/cut", request -> Response.CUT)
          .get("/interrupted", ApiServerTest::interrupt);

  /** No connection is evicted in a test on a busy machine: it has a 15th of that time. */
  private final ApiServer server = open(HANG.multipliedBy(15));

  private final HttpClient http = HttpClient.newHttpClient();

  private ApiServer open(Duration timeout) {
    try {
      ApiServer opened = ApiServer.bind(0, timeout);
      opened.open(
          ACCESS,
          router,
          new Router(),
          new PathSecret("secret", List.of()),
          (method, template, handler) -> handler);
      return opened;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Response hold(Request request) {
    held.release();
    try {
      assertThat(release.await(HANG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Response.data(200, "held");
  }

  private static Response fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static Response overflow(Request request) {
    return overflow(request);
  }

  private static Response interrupt(Request request) {
    Thread.currentThread().interrupt();
    return Response.data(200, "interrupted");
  }

  @AfterEach
  void close() {
    release.countDown();
    server.close();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(server.url().resolve(path))
        .header("Authorization", "token")
        .timeout(HANG)
        .build();
  }

  private int status(String path) throws Exception {
    return http.send(request(path), BodyHandlers.discarding()).statusCode();
  }

  private HostileClient client(String path) throws IOException {
    return client(server.url(), path, "token");
  }

  private static HostileClient client(URI api, String path, String token) throws IOException {
    HostileClient client = HostileClient.of(api);
    client.send(get(api, path, token));
    return client;
  }

  private static String get(URI api, String path, String token) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n"
        .formatted(path, api.getAuthority(), token);
  }

  private static void closeAll(List<HostileClient> clients) throws IOException {
    for (HostileClient client : clients) {
      client.close();
    }
  }

  @Test
  void answersA500WhereAdmissionFailsAndKeepsTheOtherClients() throws Exception {
    try (HostileClient waiting = client("/held");
        HostileClient refused = client(server.url(), "/fast", "fault")) {
      held.acquire();
      assertThat(refused.text())
          .startsWith("HTTP/1.1 500 ")
          .contains("\"internal-error\"")
          .doesNotContain("a fault of the emulator");
      release.countDown();
      assertThat(waiting.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/exception", "/overflow", "/unwritable"})
  void answersA500WhereAHandlerFails(String path) throws Exception {
    HttpResponse<String> failed = http.send(request(path), BodyHandlers.ofString());
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).contains("Correlation id").doesNotContain("a fault");
    assertThat(status("/fast")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/memory", "/cut"})
  void endsTheConnectionWhereThereIsNoAnswer(String path) throws Exception {
    try (HostileClient client = client(path)) {
      assertThat(client.text()).isEmpty();
    }
    assertThat(status("/fast")).isEqualTo(200);
  }

  @Test
  void answersA503WhereTheJvmCanStartNoThread() throws Exception {
    ServerSocketChannel listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    int port = listener.socket().getLocalPort();
    Dispatcher dispatcher =
        new Dispatcher(
            ACCESS,
            router,
            new Router(),
            new PathSecret("secret", List.of()),
            (method, template, handler) -> handler,
            new BrowserGuard(port));
    HttpLoop loop =
        new HttpLoop(
            listener,
            dispatcher,
            HANG,
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    Thread thread = new Thread(loop);
    thread.start();
    for (int i = 0; i < 3; i++) {
      try (HostileClient client =
          client(URI.create("http://127.0.0.1:" + port), "/fast", "token")) {
        assertThat(client.text()).startsWith("HTTP/1.1 503 ").contains("ulimit -u");
      }
    }
    loop.close();
    thread.join(HANG.toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(listener.isOpen()).isFalse();
  }

  @Test
  void answersInAThreadThatIsInterrupted() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(status("/interrupted")).isEqualTo(200);
    }
  }

  @Test
  void answersAClientThatHasEndedItsRequests() throws Exception {
    try (HostileClient client = client("/held")) {
      held.acquire();
      client.finish();
      release.countDown();
      assertThat(client.statuses()).containsExactly(200);
    }
  }

  @Test
  void answersWhatCameMeanwhileInItsOrder() throws Exception {
    try (HostileClient client = client("/held")) {
      held.acquire();
      for (int i = 0; i < 1_000; i++) {
        client.send(get(server.url(), i % 2 == 0 ? "/fast" : "/exception", "token"));
      }
      release.countDown();
      client.finish();
      assertThat(client.statuses())
          .hasSize(1_001)
          .startsWith(200, 200, 500, 200, 500)
          .endsWith(200, 500);
    }
  }

  @Test
  void answersOthersHoweverManyRequestsWaitForThem() throws Exception {
    List<HostileClient> waiting = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      waiting.add(client("/held"));
    }
    held.acquire(waiting.size());
    assertThat(status("/fast")).isEqualTo(200);
    release.countDown();
    for (HostileClient client : waiting) {
      assertThat(client.status()).isEqualTo(200);
    }
    closeAll(waiting);
  }

  @Test
  void letsClientsInWhereAllConnectionsAreIdle() throws Exception {
    List<HostileClient> idle = new ArrayList<>();
    for (int i = 0; i < HttpLoop.MAX_CONNECTIONS; i++) {
      HostileClient client = client("/fast");
      assertThat(client.status()).isEqualTo(200);
      idle.add(client);
    }
    for (int i = 0; i < 20; i++) {
      try (HostileClient client = client("/fast")) {
        assertThat(client.status()).isEqualTo(200);
      }
    }
    closeAll(idle);
  }

  @Test
  void letsClientsInOnceARequestOfManyIsAnswered() throws Exception {
    List<HostileClient> busy = new ArrayList<>();
    for (int i = 0; i < HttpLoop.MAX_CONNECTIONS; i++) {
      busy.add(client("/held"));
    }
    held.acquire(busy.size());
    try (HostileClient next = client("/fast")) {
      release.countDown();
      assertThat(next.status()).isEqualTo(200);
    }
    for (HostileClient client : busy) {
      assertThat(client.status()).isEqualTo(200);
    }
    closeAll(busy);
  }

  @Test
  void answersAThousandRequestsOfOneClientAtOnce() {
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, 1_000)
              .mapToObj(i -> http.sendAsync(request("/fast"), BodyHandlers.discarding()))
              .map(answer -> answer.thenApply(HttpResponse::statusCode))
              .toList();
      assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
    }
  }

  @Test
  void answersAThousandClientsThatConnectBeforeTheySendTheirRequests() throws Exception {
    List<HostileClient> clients = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      clients.add(HostileClient.of(server.url()));
    }
    for (HostileClient client : clients) {
      client.send(get(server.url(), "/fast", "token"));
    }
    for (HostileClient client : clients) {
      assertThat(client.status()).isEqualTo(200);
    }
    closeAll(clients);
  }

  @Test
  void answersOthersWhereClientsReadNoAnswer() throws Exception {
    List<HostileClient> silent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      silent.add(client("/large"));
    }
    assertThat(status("/fast")).isEqualTo(200);
    HttpResponse<String> large = http.send(request("/large"), BodyHandlers.ofString());
    assertThat(large.body()).hasSizeGreaterThan(32 * 1024 * 1024);
    closeAll(silent);
  }

  @Test
  void endsRequestsWhenItIsClosed() throws Exception {
    try (HostileClient waiting = client("/held");
        HostileClient idle = client("/fast")) {
      assertThat(idle.status()).isEqualTo(200);
      held.acquire();
      server.close();
      assertThat(waiting.text()).isEmpty();
      idle.awaitEnd();
    }
  }

  @Test
  void isClosedWhileRequestsComeIn() throws Exception {
    for (int i = 0; i < 5; i++) {
      ApiServer closed = open(HANG);
      List<Thread> clients =
          IntStream.range(0, 2)
              .mapToObj(
                  j ->
                      new Thread(
                          () -> {
                            try {
                              while (true) {
                                client(closed.url(), "/fast", "token").close();
                              }
                            } catch (IOException ended) {
                              // As it has to.
                            }
                          }))
              .toList();
      clients.forEach(Thread::start);
      assertThat(
              http.send(
                      HttpRequest.newBuilder(closed.url().resolve("/fast"))
                          .header("Authorization", "token")
                          .build(),
                      BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
      closed.close();
      for (Thread client : clients) {
        client.join(HANG.toMillis());
        assertThat(client.isAlive()).isFalse();
      }
    }
  }
}
