package io.github.ppgtest.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Logging in and out, against the emulator's authorization server. */
@TestInstance(Lifecycle.PER_CLASS)
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "has neither xdg-open nor permissions in this form")
final class LoginCommandIT {
  private static final Pattern ADDRESS = Pattern.compile("(?m)^  (http\\S+)$");

  @AutoClose
  private final PrismaPostgresEmulator cloud =
      PrismaPostgresEmulator.builder().authorizationServer(true).start();

  private Path directory;
  private Workplace workplace;

  @BeforeEach
  void beNobody(@TempDir Path directory) {
    this.directory = directory;
    this.workplace =
        new Workplace(directory)
            .withCloud(cloud)
            .with("PRISMA_AUTH_URL", cloud.authUrl().toString());
  }

  /** Has addresses opened by a browser with a user who agrees to everything. */
  private void installBrowser() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path browser = bin.resolve("xdg-open");
    Files.writeString(browser, "#!/bin/sh\nexec curl -s -L -o /dev/null \"$1\"\n");
    Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
    workplace.with("PATH", bin + ":" + System.getenv("PATH")).with("DISPLAY", ":0");
  }

  private void logIn() throws Exception {
    installBrowser();
    Finished login = workplace.run("login", "--client-id", "an-app");
    assertThat(login.exitCode()).as(login.err()).isZero();
  }

  @Test
  void opensTheBrowserAndLetsTheOtherCommandsActForItsUser() throws Exception {
    installBrowser();

    Finished login = workplace.run("login", "--client-id", "an-app");

    assertThat(login.exitCode()).as(login.err()).isZero();
    assertThat(login.out())
        .isEqualTo(
            "Logged in as developer@example.com, workspace Emulator. The tokens are in %s.%n"
                .formatted(workplace.config().resolve("ppgtest")));
    assertThat(login.err()).contains("The browser opens this address", cloud.authUrl().toString());
    assertThat(workplace.run("regions").exitCode()).isZero();
  }

  @Test
  void waitsForTheUserWhereThereIsNoBrowser() throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process login = workplace.start(out, err, "login", "--no-browser", "--client-id", "an-app");
    try {
      URI address =
          Awaitility.await()
              .atMost(Duration.ofMinutes(3))
              .until(
                  () -> {
                    Matcher matcher = ADDRESS.matcher(Files.readString(err));
                    return matcher.find() ? URI.create(matcher.group(1)) : null;
                  },
                  found -> found != null);
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build()
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());

      assertThat(login.waitFor()).isZero();
      assertThat(Files.readString(out)).startsWith("Logged in as ");
    } finally {
      login.destroyForcibly();
    }
  }

  @Test
  void keepsWhatIsSecretFromOthers() throws Exception {
    logIn();

    Path kept = workplace.config().resolve("ppgtest");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rwx------");
    for (String file : new String[] {"tokens.json", "login.properties"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void isShownToNoOtherApi() throws Exception {
    logIn();
    try (PrismaPostgresEmulator other = PrismaPostgresEmulator.start()) {
      Finished regions =
          workplace.with("PPGTEST_API_URL", other.apiUrl().toString()).run("regions");

      assertThat(regions.exitCode()).isEqualTo(1);
      assertThat(regions.err())
          .startsWith(
              "ppgtest: The login is for %s, not for %s, and no service token is configured."
                  .formatted(cloud.apiUrl(), other.apiUrl()));
    }
  }

  @Test
  void isWeakerThanAServiceToken() throws Exception {
    logIn();

    Finished regions = workplace.with("PRISMA_SERVICE_TOKEN", "refused").run("regions");

    assertThat(regions.exitCode()).isEqualTo(1);
    assertThat(regions.err()).contains("401");
  }

  @Test
  void endsWithALogout() throws Exception {
    logIn();

    Finished logout = workplace.run("logout");

    assertThat(logout.exitCode()).isZero();
    assertThat(logout.out()).startsWith("Logged out: ");
    assertThat(workplace.config().resolve("ppgtest/tokens.json")).doesNotExist();
    assertThat(workplace.run("logout").out()).startsWith("Nobody was logged in.");
    Finished regions = workplace.run("regions");
    assertThat(regions.exitCode()).isEqualTo(1);
    assertThat(regions.err())
        .startsWith(
            "ppgtest: Nobody is logged in, and no service token is configured. Log in with: ppgtest login.");
  }

  @Test
  void thatHasExpiredAsksForAnother() throws Exception {
    logIn();
    Path tokens = workplace.config().resolve("ppgtest/tokens.json");
    // Ended by the server, as after 90 days.
    Files.writeString(
        tokens,
        """
        {"accessToken": "ended", "refreshToken": "ended", "expiresAt": "2026-01-01T00:00:00Z"}""");

    Finished regions = workplace.run("regions");

    assertThat(regions.exitCode()).isEqualTo(1);
    assertThat(regions.err())
        .startsWith("ppgtest: The login has ended: ")
        .contains("Log in again with: ppgtest login")
        .doesNotContain("OAuthLogin");
  }

  @Test
  void thatNobodyAnswersFailsAndLeavesTheLastOneAsItWas() throws Exception {
    logIn();

    Finished login = workplace.run("login", "--no-browser", "--timeout", "0.1s");

    assertThat(login.exitCode()).isEqualTo(1);
    assertThat(login.err()).contains("ppgtest: Nobody logged in within 100 ms.");
    assertThat(workplace.run("regions").exitCode()).isZero();
  }

  @Test
  void needsAnOAuthClient() throws Exception {
    Finished login = workplace.run("login");

    assertThat(login.exitCode()).isEqualTo(2);
    assertThat(login.err()).contains("--client-id", "PRISMA_CLIENT_ID");
  }
}
