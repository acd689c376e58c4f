package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.emulator.internal.postgres.DatabaseEngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PrismaPostgresEmulatorTest {
  @Nested
  final class Start {
    @Test
    void listensOnTheLoopbackAddress() throws Exception {
      try (TestEmulator emulator = new TestEmulator();
          Socket socket = new Socket()) {
        assertThat(emulator.emulator.apiUrl().toString()).matches("http://127.0.0.1:[0-9]+");
        int port = emulator.emulator.apiUrl().getPort();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        assertThat(socket.isConnected()).isTrue();
      }
    }

    @Test
    void hasATokenOfItsOwn() {
      try (TestEmulator one = new TestEmulator();
          TestEmulator other = new TestEmulator()) {
        assertThat(one.emulator.serviceToken())
            .matches("[A-Za-z0-9_-]{43}")
            .isNotEqualTo(other.emulator.serviceToken());
        assertThat(
                one.send("GET", "/v1/me", null, "Bearer " + other.emulator.serviceToken()).status())
            .isEqualTo(401);
      }
    }

    @Test
    void takesPortAndTokenThatAreGiven() {
      // A program beside this one may take one port in between, but not each of five.
      assertThat(IntStream.range(0, 5)).anyMatch(attempt -> takes(freePort()));
    }

    private boolean takes(int port) {
      try (TestEmulator emulator = new TestEmulator(b -> b.port(port).serviceToken("token"))) {
        assertThat(emulator.emulator.apiUrl()).hasToString("http://127.0.0.1:" + port);
        assertThat(emulator.emulator.serviceToken()).isEqualTo("token");
        return true;
      } catch (EmulatorStartException e) {
        assertThat(e).hasCauseInstanceOf(BindException.class);
        return false;
      }
    }

    @Test
    void failsOnAPortThatIsTaken() throws Exception {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = taken.getLocalPort();
        assertThatThrownBy(() -> new TestEmulator(builder -> builder.port(port)))
            .isInstanceOf(EmulatorStartException.class)
            .hasMessage(
                "The emulator could not listen on port %d of the loopback address. Is it taken?"
                    + " Port 0 finds a free one.",
                port)
            .hasCauseInstanceOf(BindException.class);
      }
    }

    /**
     * A test beside this one may take one port as soon as it is given back, but not each of five.
     */
    @Test
    void failsWithTheEngineAndGivesThePortBack() {
      assertThat(IntStream.range(0, 5)).anyMatch(attempt -> canBeTaken(portOfAFailedStart()));
    }

    private int portOfAFailedStart() {
      int port = freePort();
      PrismaPostgresEmulator.Builder builder = PrismaPostgresEmulator.builder().port(port);
      assertThatThrownBy(
              () ->
                  builder.start(
                      () -> {
                        throw new DatabaseEngineException("There is no PostgreSQL here.", null);
                      }))
          .isInstanceOf(EmulatorStartException.class)
          .hasMessage(
              "The databases of the emulator could not be started: There is no PostgreSQL here.")
          .hasCauseInstanceOf(DatabaseEngineException.class);
      return port;
    }

    private boolean canBeTaken(int port) {
      try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return again.isBound();
      } catch (BindException taken) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Nested
  final class Close {
    @Test
    void stopsAnsweringAndTheEngine() {
      TestEmulator emulator = new TestEmulator();
      assertThat(emulator.get("/v1/me").status()).isEqualTo(200);
      emulator.close();
      assertThat(emulator.engine.closed).hasValue(1);
      assertThatThrownBy(() -> emulator.get("/v1/me")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void doesNothingTheSecondTime() {
      TestEmulator emulator = new TestEmulator();
      emulator.get("/v1/me");
      emulator.close();
      emulator.close();
      assertThat(emulator.engine.closed).hasValue(1);
    }

    @Test
    void endsItsThreadsWhateverTheyWaitFor() {
      TestEmulator emulator = new TestEmulator();
      CountDownLatch hold = emulator.engine.holdCreations();
      String body = "{\"projectId\": \"%s\"}".formatted(emulator.newProject());
      String id = emulator.post("/v1/databases", body).id();
      CompletableFuture<Answer> deletion =
          CompletableFuture.supplyAsync(() -> emulator.delete("/v1/databases/" + id));
      while (emulator.get("/v1/databases/" + id).status() != 404) {
        Thread.onSpinWait();
      }
      emulator.close();
      assertThat(deletion).failsWithin(TestEmulator.HANG);
      assertThat(hold.getCount()).isEqualTo(1);
      assertThat(emulator.engine.databases).isEmpty();
    }
  }

  @Test
  void doesNotShowItsToken() {
    try (TestEmulator emulator = new TestEmulator()) {
      assertThat(emulator.emulator)
          .hasToString("PrismaPostgresEmulator[apiUrl=%s]", emulator.emulator.apiUrl());
    }
  }

  @Nested
  final class Settings {
    private final PrismaPostgresEmulator.Builder builder = PrismaPostgresEmulator.builder();

    @Test
    void refuseAPortThatIsNone() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.port(65536))
          .withMessage("The port is 65536; it must be from 0 to 65535.");
      assertThatIllegalArgumentException().isThrownBy(() -> builder.port(-1));
    }

    @Test
    void refuseATokenThatNoHeaderCanCarryWithoutShowingIt() {
      for (String token : new String[] {"", "two words", "line\nbreak", "schlüssel"}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> builder.serviceToken(token))
            .withMessage(
                "The service token must consist of visible ASCII characters, at least one.");
      }
    }

    @Test
    void refuseALimitUnderOne() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.connectionLimit(0))
          .withMessage("The connection limit is 0; it must be at least 1.");
    }

    @Test
    void refuseTimeoutsThatPostgresCannotKeep() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.queryTimeout(Duration.ZERO))
          .withMessage("The query timeout is PT0S; it must be from 1 millisecond to 24 days.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.transactionTimeout(Duration.ofDays(25)))
          .withMessage(
              "The transaction timeout is PT600H; it must be from 1 millisecond to 24 days.");
    }

    @Test
    void refuseARegionThatIsNone() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.unavailableRegion("mars"))
          .withMessage(
              "There is no region \"mars\"; there are us-east-1, us-west-1, eu-west-3,"
                  + " eu-central-1, ap-northeast-1, ap-southeast-1.");
    }
  }

  /**
   * Below the ports that systems give out by themselves, so that no other program takes it in
   * between.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }
}
