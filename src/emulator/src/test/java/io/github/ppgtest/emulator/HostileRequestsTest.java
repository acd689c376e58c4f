package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no client sends. {@code -Dppgtest.test.requests=200000} is the long form; {@code
 * -Dppgtest.test.seed=N} repeats one.
 */
final class HostileRequestsTest {
  private static final int REQUESTS = Integer.getInteger("ppgtest.test.requests", 3_000);

  private final TestEmulator emulator =
      new TestEmulator(builder -> builder.authorizationServer(true).createDb(true));

  @AfterEach
  void close() {
    emulator.close();
  }

  private HostileClient client() throws IOException {
    return HostileClient.of(emulator.emulator.apiUrl());
  }

  private String withHost(String request) {
    return request
        .replace("HOST", emulator.emulator.apiUrl().getAuthority())
        .replace("TOKEN", emulator.emulator.serviceToken())
        .replace("|", "\r\n");
  }

  private int status(String request) throws IOException {
    try (HostileClient client = client()) {
      client.send(withHost(request));
      client.finish();
      return client.status();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "GET /v1/projects|Host: HOST||> 400",
        "GET  /v1/projects HTTP/1.1|Host: HOST||> 400",
        "GET v1/projects HTTP/1.1|Host: HOST||> 400",
        "OPTIONS * HTTP/1.1|Host: HOST||> 400",
        "CONNECT evil.example:80 HTTP/1.1|Host: HOST||> 400",
        "G\u0001T / HTTP/1.1|Host: HOST||> 400",
        "GET /%zz HTTP/1.1|Host: HOST||> 400",
        "GET / HTTP/1.1|Host : HOST||> 400",
        "GET / HTTP/1.1|Host: HOST| folded||> 400",
        "GET / HTTP/1.1|Host: HOST|Host: HOST||> 400",
        "GET / HTTP/1.1|Host: HOST|: x||> 400",
        "GET / HTTP/1.1|Host: HOST|X: \u0000||> 400",
        "GET / HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Authorization: Bearer x||> 400",
        "PRI * HTTP/2.0||> 400",
        "GET / HTTP/2.0|Host: HOST||> 505",
        "GET / HTTP/1.1||> 421",
        "GET /v1/projects HTTP/1.0|Host: HOST|Authorization: Bearer TOKEN||> 200",
        "GET http://HOST/v1/projects HTTP/1.1|Host: x|Authorization: Bearer TOKEN||> 200",
        "GET http://evil.example/v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 421",
        "GET //evil.example/v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 404",
        "GET HTTP://HOST/v1/projects HTTP/1.1|Host: x|Authorization: Bearer TOKEN||> 200",
        "GET /%76%31/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 200",
        "GET /v1%2Fprojects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 404",
        "GET /v1/../v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 404",
        "GET /v1/projects/%2e%2e/me HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 404",
        "GET /v1/me? HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 200",
        "GET /v1/me?a={^`}&a=%41+ HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 200",
        "GET /v1/me?a=%4 HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 400",
        "GET /v1/me#a HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||> 400",
        "GET /v1/me HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|X: \u000bx||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: -1||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: +2||{}> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: 2|Content-Length: 2||{}> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: 2|Transfer-Encoding: chunked||2|{}|0||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: gzip, chunked||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: ||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: 2|Transfer-Encoding:||{}> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: \u000bchunked||2|{}|0||> 400",
        "POST /v1/projects HTTP/1.0|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||2|{}|0||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||2|{}|0||> 201",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||1|{|1|}|0||> 201",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||2;x=y|{}|0||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||zz|{}|0||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||-2|{}|0||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||2|{}x|0||> 400",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Transfer-Encoding: chunked||7fffffff|> 413",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: 999999999999||> 413",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: 9999999999999||> 400",
        "POST /v1/auth/github-actions/token HTTP/1.1|Host: HOST|Content-Length: 20000||> 413",
      })
  void areAnsweredWithWhatIsWrong(String request, int status) throws Exception {
    assertThat(status(request)).isEqualTo(status);
  }

  @Test
  void haveAnEncodedSlashInAnIdAtMost() {
    assertThat(emulator.get("/v1/projects/proj_1%2Fdatabases").message())
        .isEqualTo("Project \"proj_1/databases\" was not found.");
  }

  @Test
  void haveAHeadOf16KibibytesAtMost() throws Exception {
    String request = "GET / HTTP/1.1|Host: HOST|";
    assertThat(status(request + "X: " + "x".repeat(15_000) + "||")).isEqualTo(401);
    assertThat(status(request + "X: " + "x".repeat(40_000) + "||")).isEqualTo(431);
    assertThat(status("GET /" + "x".repeat(1_000_000))).isEqualTo(431);
    assertThat(status(request + "X: x|".repeat(99) + "|")).isEqualTo(401);
    assertThat(status(request + "X: x|".repeat(100) + "|")).isEqualTo(431);
  }

  @Test
  void mayComeByteByByteAndOneAfterTheOther() throws Exception {
    String request =
        withHost(
            "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|"
                + "Content-Type: application/json|Content-Length: 2||{}");
    try (HostileClient client = client()) {
      for (char c : (request + request).toCharArray()) {
        client.send(Character.toString(c));
      }
      client.send(request + request.substring(0, 20));
      client.finish();
      assertThat(client.statuses()).containsExactly(201, 201, 201);
    }
  }

  @Test
  void mayHaveEmptyLinesBeforeThem() throws Exception {
    String request =
        withHost(
            "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|"
                + "Content-Length: 2||{}");
    try (HostileClient client = client()) {
      client.send("\r\n\r\n" + request + "\r\n" + request + "\r");
      client.send("\n" + request);
      client.finish();
      assertThat(client.statuses()).containsExactly(201, 201, 201);
    }
  }

  @ParameterizedTest
  @CsvSource({"TOKEN, HTTP/1.1, 200", "TOKEN, HTTP/1.0, 200", "x, HTTP/1.1, 401"})
  void areAnsweredBeforeTheConnectionEndsAlsoWhereMoreIsSent(
      String token, String version, int status) throws Exception {
    try (HostileClient client = client()) {
      client.send(
          withHost(
                  "GET /v1/me %s|Host: HOST|Authorization: Bearer %s|Connection: close||"
                      .formatted(version, token))
              + "x".repeat(1_000_000));
      client.finish();
      assertThat(client.statuses()).containsExactly(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"/v1/projects, x, 401", "/v1/nothing, TOKEN, 404", "/v1/projects, TOKEN, 405"})
  void forAHeadAreRefusedWithoutABody(String path, String token, int status) throws Exception {
    try (HostileClient client = client()) {
      client.send(
          withHost(
              "HEAD %s HTTP/1.1|Host: HOST|Authorization: Bearer %s||".formatted(path, token)));
      client.finish();
      assertThat(client.text()).startsWith("HTTP/1.1 " + status).endsWith("\r\n\r\n");
    }
  }

  @Test
  void ofHttp10AreNotToldToContinue() throws Exception {
    assertThat(
            status(
                "POST /v1/projects HTTP/1.0|Host: HOST|Authorization: Bearer TOKEN|"
                    + "Expect: 100-continue|Content-Length: 2||"))
        .isZero();
  }

  @Test
  void areToldToContinueOnlyWithAToken() throws Exception {
    String request =
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|"
            + "Expect: 100-continue|Content-Length: 2||";
    try (HostileClient client = client()) {
      client.send(withHost(request));
      assertThat(client.status()).isEqualTo(100);
      client.send("{}");
      client.finish();
      assertThat(client.statuses()).containsExactly(201);
    }
    assertThat(status(request.replace("TOKEN", "x"))).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1|Host: HOST|",
        "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|Content-Length: 2||{",
      })
  void haveToComeToTheirEnd(String half) throws Exception {
    try (TestEmulator hasty = new TestEmulator(b -> b.requestTimeout(Duration.ofMillis(300)));
        HostileClient silent = HostileClient.of(hasty.emulator.apiUrl());
        HostileClient slow = HostileClient.of(hasty.emulator.apiUrl())) {
      slow.send(
          half.replace("HOST", hasty.emulator.apiUrl().getAuthority())
              .replace("TOKEN", hasty.emulator.serviceToken())
              .replace("|", "\r\n"));
      assertThat(slow.status()).isEqualTo(408);
      slow.finish();
      slow.awaitEnd();
      silent.awaitEnd();
      assertThat(hasty.get("/v1/me").status()).isEqualTo(200);
    }
  }

  @Test
  void areAnsweredAllHoweverManyThereAreAtOnce() {
    InjectedFault slow = emulator.emulator.faults().inject(Fault.latency(TestEmulator.HANG));
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> emulator.get("/v1/me"), task -> new Thread(task).start()))
            .toList();
    while (slow.count() < 64) {
      Thread.onSpinWait();
    }
    slow.close();
    assertThat(answers).allSatisfy(a -> assertThat(a.join().status()).isEqualTo(200));
  }

  /** Right requests with a few changes, at random. */
  @Test
  void endTheirOwnConnectionAtMost() throws Exception {
    long seed = Long.getLong("ppgtest.test.seed", 1);
    Random random = new Random(seed);
    List<byte[]> models =
        Stream.of(
                "GET /v1/projects?limit=5 HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN||",
                "GET /v1/projects?limit=5 HTTP/1.1|Host: HOST||",
                "POST /v1/projects HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|"
                    + "Content-Type: application/json|Content-Length: 25||{\"createDatabase\": false}",
                "PATCH /v1/databases/db_1 HTTP/1.1|Host: HOST|Authorization: Bearer TOKEN|"
                    + "Transfer-Encoding: chunked|Content-Type: application/json||"
                    + "5|{\"nam|9|e\": \"new\"|1|}|0||",
                "GET "
                    + emulator.emulator.authUrl().getPath()
                    + "/authorize?client_id=a&state=%20"
                    + "&redirect_uri=http%3A%2F%2F127.0.0.1%2F HTTP/1.1|Host: HOST||",
                "POST "
                    + emulator.emulator.authUrl().getPath()
                    + "/token HTTP/1.1|Host: HOST|"
                    + "Content-Type: application/x-www-form-urlencoded|Content-Length: 45||"
                    + "grant_type=refresh_token&refresh_token=%20&a=b",
                "GET "
                    + emulator.emulator.createDbUrl().getPath()
                    + "/claim?projectID=proj_1 HTTP/1.1|Host: HOST||",
                "POST /v1/auth/github-actions/token HTTP/1.1|Host: HOST|"
                    + "Content-Type: application/json|Content-Length: 19||{\"token\": \"a.b.c.d\"}")
            .map(model -> withHost(model).getBytes(StandardCharsets.ISO_8859_1))
            .toList();
    Map<Integer, Integer> seen = new TreeMap<>();
    for (int i = 0; i < REQUESTS; i++) {
      byte[] request = mutated(models.get(random.nextInt(models.size())), random);
      try (HostileClient client = client()) {
        client.sendIfItListens(request);
        int status = client.status();
        seen.merge(status, 1, Integer::sum);
        assertThat(status)
            .as(
                () ->
                    "seed %d: %s".formatted(seed, new String(request, StandardCharsets.ISO_8859_1)))
            .isIn(EXPECTED);
      }
    }
    assertThat(emulator.get("/v1/me").status()).isEqualTo(200);
    System.out.printf(
        "%d requests to the emulator's HTTP server, seed %d: %s%n", REQUESTS, seed, seen);
  }

  /** 0 where it is no request yet; no 500. */
  private static final Set<Integer> EXPECTED =
      Set.of(
          0, 100, 200, 201, 204, 302, 400, 401, 403, 404, 405, 413, 415, 421, 422, 429, 431, 505);

  private static byte[] mutated(byte[] model, Random random) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : model) {
      bytes.add(b);
    }
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(bytes.size());
      int length = 1 + random.nextInt(Math.min(20, bytes.size() - at));
      List<Byte> part = bytes.subList(at, at + length);
      switch (random.nextInt(6)) {
        case 0 -> bytes.set(at, (byte) random.nextInt(256));
        case 1 -> bytes.add(at, (byte) random.nextInt(256));
        case 2 -> bytes.addAll(at, new ArrayList<>(part));
        case 3 -> bytes.addAll(bytes.size(), new ArrayList<>(part));
        case 4 -> bytes.addAll(at, List.of((byte) '\r', (byte) '\n'));
        default -> {
          if (bytes.size() > length) {
            part.clear();
          }
        }
      }
    }
    byte[] mutated = new byte[bytes.size()];
    for (int i = 0; i < mutated.length; i++) {
      mutated[i] = bytes.get(i);
    }
    return mutated;
  }

  @Test
  void findAServerThatOutlivesAHeapThatWasFull() throws Exception {
    Process jvm =
        ChildJvm.of(
                // No thread has a rest of its own.
                List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:-UseTLAB"), FullHeapMain.class)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines = jvm.inputReader();
        var commands = jvm.outputWriter()) {
      URI api = URI.create(lines.readLine());
      assertThat(status(api)).isEqualTo(401);
      commands.write("fill\n");
      commands.flush();
      assertThat(lines.readLine()).isEqualTo("full");
      List<HostileClient> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        HostileClient client = HostileClient.of(api);
        clients.add(client);
        client.sendIfItListens(new byte[] {'G'});
      }
      commands.write("free\n");
      commands.flush();
      assertThat(lines.readLine()).isEqualTo("free");
      for (HostileClient client : clients) {
        client.close();
      }
      assertThat(status(api)).isEqualTo(401);
      commands.write("end\n");
      commands.flush();
      assertThat(jvm.waitFor(TestEmulator.HANG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static int status(URI api) throws IOException {
    return HostileClient.status(api, "GET", "/", Map.of("Host", api.getAuthority()));
  }

  /** An emulator in a JVM without a free byte for a while, which takes each that becomes free. */
  static final class FullHeapMain {
    private static final byte[] FULL = "full\n".getBytes(StandardCharsets.US_ASCII);

    /** A field, as a local variable that is not read any more holds nothing. */
    private static volatile Object @Nullable [] held;

    private static volatile boolean isFilling = true;
    private static volatile int failures;

    private FullHeapMain() {}

    public static void main(String[] arguments) throws Exception {
      byte[] command = new byte[5];
      try (TestEmulator emulator = new TestEmulator()) {
        System.out.println(emulator.emulator.apiUrl());
        System.in.read(command);
        Thread filler = new Thread(FullHeapMain::fill);
        filler.start();
        awaitFailures(1);
        // Without an allocation.
        System.out.write(FULL, 0, FULL.length);
        System.out.flush();
        System.in.read(command);
        // So that the server has tried to accept meanwhile.
        awaitFailures(failures + 60);
        isFilling = false;
        filler.join();
        System.out.println("free");
        System.in.read(command);
      }
    }

    private static void awaitFailures(int count) {
      while (failures < count) {
        Thread.onSpinWait();
      }
    }

    private static void fill() {
      while (isFilling) {
        try {
          held = new Object[] {held, new byte[1]};
        } catch (OutOfMemoryError full) {
          failures = failures + 1;
        }
      }
      held = null;
    }
  }

  @Test
  void findAServerThatInterruptsDoNotEnd() {
    Thread loop =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                thread ->
                    thread
                        .getName()
                        .equals("ppgtest-emulator-http-" + emulator.emulator.apiUrl().getPort()))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 100; i++) {
      loop.interrupt();
      assertThat(emulator.get("/v1/me").status()).isEqualTo(200);
    }
  }
}
