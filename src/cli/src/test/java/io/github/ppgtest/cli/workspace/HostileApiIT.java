package io.github.ppgtest.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Project;
import io.github.ppgtest.testsupport.FaultyApi;
import io.github.ppgtest.testsupport.HostileApi;
import io.github.ppgtest.testsupport.MutatedAnswers;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole processes of the command, against an API that is broken or hostile: each ends, says why in
 * words, shows no secret and nothing that a terminal would obey, and leaves nothing that is not
 * written down. {@code -Dhostile.commands=1000} is the long form, {@code -Dhostile.seed=…} repeats
 * one.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class HostileApiIT {
  private static final int COMMANDS = Integer.getInteger("hostile.commands", 24);
  private static final long SEED = Long.getLong("hostile.seed", System.nanoTime());

  private static final String TOKEN = "svc_4711-Very.Secret~Token";
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final String UNTIL_CLOSED = "Connection: close\r\n\r\n";
  private static final String ESCAPES = "\\u001b]0;b\\u0007\\u009b2J\\u202e\\r\\nppgtest: \\u0000";
  private static final Pattern PASSWORD = Pattern.compile("postgres(?:ql)?://[^:\"]*+:([^@\"]++)@");

  private static final Pattern COMING_BACK =
      Pattern.compile("redirect_uri=([^&\\s]++)(?=&)[^\\s]*[&]state=([^&\\s]++)");

  private static final List<List<String>> READING =
      List.of(
          List.of("regions"),
          List.of("regions", "--json"),
          List.of("list"),
          List.of("list", "--json"),
          List.of("usage"),
          List.of("usage", "--json"),
          List.of("reap", "--dry-run"),
          List.of("reap", "--dry-run", "--json"));

  @AutoClose("shutdownNow")
  private final ExecutorService processes = Executors.newFixedThreadPool(4);

  /** What is answered to whatever is asked. Some take the command a minute, in which it waits. */
  private static Map<String, HostileApi.Answer> attacks() {
    Map<String, HostileApi.Answer> attacks = new LinkedHashMap<>();
    attacks.put("nothing at all", HostileApi.Exchange::nothingMore);
    attacks.put(
        "a byte now and then",
        exchange -> exchange.say(HEAD + UNTIL_CLOSED).forEver(" ", Duration.ofMillis(300)));
    attacks.put(
        "headers without end",
        exchange -> exchange.say(HEAD).forEver("X: " + "x".repeat(1_000) + "\r\n", Duration.ZERO));
    attacks.put(
        "a body without end",
        exchange -> exchange.say(HEAD + UNTIL_CLOSED).forEver(" ".repeat(1 << 20), Duration.ZERO));
    attacks.put(
        "an error without end",
        exchange ->
            exchange
                .say("HTTP/1.1 403 X\r\n" + UNTIL_CLOSED)
                .forEver("\u001b[31m".repeat(1 << 16), Duration.ZERO));
    AtomicInteger page = new AtomicInteger();
    attacks.put(
        "cursors without end",
        exchange ->
            exchange.say(
                HEAD
                    + UNTIL_CLOSED
                    + "{\"data\":[],\"pagination\":{\"hasMore\":true,\"nextCursor\":\"c%d\"}}"
                        .formatted(page.incrementAndGet())));
    attacks.put(
        "the request itself as an error",
        exchange ->
            exchange.say(
                "HTTP/1.1 400 X\r\nContent-Type: application/json\r\n"
                    + UNTIL_CLOSED
                    + "{\"error\":{\"code\":\"c\",\"message\":\"%s\"}}"
                        .formatted(exchange.head().replace("\r\n", "\\r\\n"))));
    for (int status : new int[] {400, 401, 403, 404, 409, 422, 429, 500, 503}) {
      attacks.put(
          status + " with control characters",
          saying(
              status,
              "{\"error\":{\"code\":\"%1$s\",\"message\":\"%1$s\",\"hint\":\"%1$s\"}}"
                  .formatted(ESCAPES),
              "Retry-After: 90000\r\nWWW-Authenticate: \u001b[31m\r\n"));
    }
    attacks.put(
        "a redirect", saying(307, "", "Location: http://127.0.0.1:9/\u001b[31m?token=x\r\n"));
    attacks.put("a page", saying(200, "<h1>\u001b[31mLog in\u009b2J</h1>", ""));
    attacks.put("a text", saying(200, "{\"data\":\"" + ESCAPES + "\"}", ""));
    attacks.put("a list of texts", saying(200, "{\"data\":[\"" + ESCAPES + "\"]}", ""));
    attacks.put("an id that is none", saying(200, "{\"data\":[{\"id\":\"" + ESCAPES + "\"}]}", ""));
    attacks.put("null", saying(200, "null", ""));
    attacks.put("levels", saying(200, "[".repeat(100_000), ""));
    attacks.put("a number", saying(200, "{\"data\":" + "9".repeat(1_000_000) + "}", ""));
    attacks.put("the end", exchange -> {});
    attacks.put("half a body", exchange -> exchange.say(HEAD + "Content-Length: 99\r\n\r\n{"));
    attacks.put(
        "another protocol",
        exchange -> exchange.say("HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"));
    attacks.put(
        "frames of HTTP/2",
        exchange ->
            exchange.say(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0}));
    attacks.put(
        "a status that is none", exchange -> exchange.say("HTTP/1.1 \u001b[31m OK\r\n\r\n"));
    return attacks;
  }

  private static HostileApi.Answer saying(int status, String body, String headers) {
    return exchange ->
        exchange.say(
            "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%s%s%s"
                .formatted(status, headers, UNTIL_CLOSED, body));
  }

  @Test
  void endsInAnErrorWhateverIsAnswered(@TempDir Path directory) throws Exception {
    Random random = new Random(SEED);
    List<List<String>> commands = new ArrayList<>(READING);
    commands.add(List.of("url", "db_1"));
    commands.add(List.of("delete", "db_1"));
    commands.add(List.of("backup", "list", "db_1"));
    commands.add(List.of("create", "--label", "hostile"));
    commands.add(List.of("run", "--", "true"));
    List<String> kinds = List.copyOf(attacks().keySet());
    List<Callable<Void>> draws = new ArrayList<>();
    for (int i = 0; i < Math.max(kinds.size(), COMMANDS); i++) {
      String kind = kinds.get(i % kinds.size());
      List<String> command = commands.get(random.nextInt(commands.size()));
      Path home = Files.createDirectory(directory.resolve("answered" + i));
      draws.add(
          () -> {
            try (HostileApi api = new HostileApi(attacks().get(kind))) {
              Finished finished =
                  new Workplace(home)
                      .with("PPGTEST_API_URL", api.url().toString())
                      .with("PRISMA_SERVICE_TOKEN", TOKEN)
                      .run(command.toArray(String[]::new));
              String what = "%s answered %s: %s".formatted(command, kind, finished);
              if (!isAnAnswerTo(command.get(0), kind)) {
                assertThat(finished.exitCode()).as(what).isEqualTo(1);
                assertThat(finished.out()).as(what).isEmpty();
              }
              isFitToBeSeen(what, finished, List.of(TOKEN));
            }
            return null;
          });
    }
    runAll(draws);
  }

  /** A missing database is deleted already, and regions have one page. */
  private static boolean isAnAnswerTo(String command, String kind) {
    return command.equals("delete") && kind.startsWith("404")
        || command.equals("regions") && kind.equals("cursors without end");
  }

  /** The browser comes back as it should, but the tokens do not come. */
  @Test
  void logsNobodyInWhateverIsAnsweredForTheCode(@TempDir Path directory) throws Exception {
    String bearer = "{\"token_type\":\"Bearer\",\"access_token\":%s,\"expires_in\":%s}";
    Map<String, HostileApi.Answer> answers = new LinkedHashMap<>();
    answers.put("control characters", saying(400, error(ESCAPES), ""));
    answers.put(
        "a token that is none", saying(200, bearer.formatted("\"a" + ESCAPES + "\"", 1), ""));
    answers.put("a number", saying(200, bearer.formatted("7", "1"), ""));
    answers.put("a long time", saying(200, bearer.formatted("\"a\"", "1e12"), ""));
    answers.put("the code itself", saying(400, error("code-4711"), ""));
    answers.put("a redirect", saying(307, "", "Location: http://127.0.0.1:9/\u001b[31m\r\n"));
    answers.put(
        "a body without end",
        exchange -> exchange.say(HEAD + UNTIL_CLOSED).forEver(" ".repeat(1 << 20), Duration.ZERO));
    answers.put("the end", exchange -> {});
    List<Callable<Void>> draws = new ArrayList<>();
    for (Map.Entry<String, HostileApi.Answer> answer : answers.entrySet()) {
      Path home = Files.createDirectory(directory.resolve("login" + draws.size()));
      draws.add(
          () -> {
            Workplace workplace = new Workplace(home);
            try (HostileApi server = new HostileApi(answer.getValue())) {
              Finished finished = logIn(workplace, server, home);
              String what = "answered %s: %s".formatted(answer.getKey(), finished);
              assertThat(finished.exitCode()).as(what).isEqualTo(1);
              assertThat(finished.out()).as(what).isEmpty();
              isFitToBeSeen(what, finished, List.of("code-4711"));
              assertThat(workplace.config().resolve("ppgtest/tokens.json")).doesNotExist();
            }
            return null;
          });
    }
    runAll(draws);
  }

  private static String error(String said) {
    return "{\"error\":\"%1$s\",\"error_description\":\"%1$s\"}".formatted(said);
  }

  private static Finished logIn(Workplace workplace, HostileApi server, Path home)
      throws Exception {
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    Process login =
        workplace.start(
            out,
            err,
            "login",
            "--no-browser",
            "--client-id",
            "an-app",
            "--auth-url",
            server.url().toString());
    try {
      Matcher address =
          Awaitility.await()
              .atMost(Duration.ofMinutes(3))
              .until(() -> COMING_BACK.matcher(Files.readString(err)), Matcher::find);
      URI back =
          URI.create(
              "%s?code=code-4711&state=%s"
                  .formatted(
                      URLDecoder.decode(address.group(1), StandardCharsets.UTF_8),
                      address.group(2)));
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(back).build(), BodyHandlers.discarding());
      assertThat(login.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return new Finished(login.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      login.destroyForcibly();
    }
  }

  @Test
  void leavesNothingThatIsNotWrittenDownWhereOneAnswerIsWrong(@TempDir Path directory)
      throws Exception {
    Random random = new Random(SEED);
    try (PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start();
        ManagementApi api =
            ManagementApi.builder()
                .baseUrl(cloud.apiUrl())
                .serviceToken(cloud.serviceToken())
                .build()) {
      String project = api.projects().create(CreateProject.named("a test").withoutDatabase()).id();
      List<Callable<Void>> draws = new ArrayList<>();
      for (int i = 0; i < COMMANDS; i++) {
        int number = i;
        long seed = random.nextLong();
        MutatedAnswers.Kind kind =
            MutatedAnswers.Kind.values()[random.nextInt(MutatedAnswers.Kind.values().length)];
        int wrong = random.nextInt(6);
        int which = random.nextInt(READING.size() + 6);
        Path home = Files.createDirectory(directory.resolve("wrong" + i));
        draws.add(
            () -> {
              List<String> command = command(which, number, api, project);
              try (FaultyApi between =
                  FaultyApi.inFrontOf(cloud.apiUrl())
                      .alteringBody(wrong, right -> new MutatedAnswers(seed).of(right, kind))) {
                Finished finished =
                    new Workplace(home)
                        .with("PPGTEST_API_URL", between.url().toString())
                        .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken())
                        .run(command.toArray(String[]::new));
                String what =
                    "%s, answer %d wrong by %s of seed %d: %s"
                        .formatted(command, wrong, kind, seed, finished);
                assertThat(finished.exitCode()).as(what).isIn(0, 1);
                boolean tellsPasswords = command.contains("url");
                List<String> secrets = new ArrayList<>(List.of(cloud.serviceToken()));
                secrets.addAll(passwords(between.bodies()));
                isFitToBeSeen(
                    what,
                    tellsPasswords
                        ? new Finished(finished.exitCode(), "", finished.err())
                        : finished,
                    secrets);
                assertThat(unrecorded(api, label(number), home)).as(what).isEmpty();
              }
              return null;
            });
      }
      runAll(draws);
    }
  }

  private static String label(int number) {
    return "hostile%d".formatted(number);
  }

  private static List<String> command(int which, int number, ManagementApi api, String project) {
    if (which < READING.size()) {
      return READING.get(which);
    }
    return switch (which - READING.size()) {
      case 0, 1 -> List.of("create", "--label", label(number));
      case 2 -> List.of("run", "--label", label(number), "--", "true");
      case 3 -> List.of("url", made(api, project, number));
      case 4 -> List.of("delete", made(api, project, number));
      default -> List.of("backup", "list", made(api, project, number));
    };
  }

  private static String made(ManagementApi api, String project, int number) {
    String name = "ppgtest_theirs_20260101T101500Z_20260101T161500Z_%08x".formatted(number);
    return api.databases().create(CreateDatabase.inProject(project).named(name)).id();
  }

  private static List<String> passwords(List<String> bodies) {
    return bodies.stream()
        .flatMap(body -> PASSWORD.matcher(body).results())
        .map(found -> found.group(1))
        .toList();
  }

  /** The names of what a command made that is still there and in none of its files. */
  private static List<String> unrecorded(ManagementApi api, String label, Path home)
      throws IOException {
    StringBuilder ledgers = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ledgers.append(Files.readString(file));
      }
    }
    Stream<String> names =
        Stream.concat(
            api.projects().all().map(Project::name), api.databases().all().map(Database::name));
    return names
        .filter(name -> name.contains("_" + label + "_"))
        .filter(name -> ledgers.indexOf(name) < 0)
        .toList();
  }

  private static void isFitToBeSeen(String what, Finished finished, List<String> secrets) {
    for (String printed : List.of(finished.out(), finished.err())) {
      assertThat(printed)
          .as(what)
          .doesNotContain(secrets)
          .doesNotContain("\tat ", "Exception", "java.")
          .hasSizeLessThan(64 << 10)
          .matches(text -> text.codePoints().allMatch(HostileApiIT::isHarmless), "is harmless");
    }
    if (finished.exitCode() != 0) {
      assertThat(finished.err()).as(what).containsPattern("(?m)^ppgtest: .");
    }
  }

  private static boolean isHarmless(int character) {
    return character == '\n'
        || !Character.isISOControl(character)
            && Character.getType(character) != Character.FORMAT
            && Character.getType(character) != Character.SURROGATE;
  }

  private void runAll(List<Callable<Void>> draws) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (Future<Void> done : processes.invokeAll(draws)) {
      try {
        done.get();
      } catch (ExecutionException e) {
        failures.add(e.getCause().toString());
      }
    }
    System.out.printf(
        "%d commands against a hostile API, seed %d (-Dhostile.seed), %d survived%n",
        draws.size(), SEED, draws.size() - failures.size());
    assertThat(failures).isEmpty();
  }
}
