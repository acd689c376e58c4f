package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prisma Console and Prisma's status page are named in errors of Prisma's own API, and no other.
 */
@ResourceLock("java.net.ProxySelector")
final class WhoseApiTest {
  private static final ProxySelector JVM = ProxySelector.getDefault();

  /** Http, as the proxy that plays Prisma has no certificate of it. */
  private static final URI PRISMA = URI.create("http://api.prisma.io");

  private static final ScriptedApi SERVER = new ScriptedApi();

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @BeforeAll
  static void leadToTheServer() {
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return PRISMA.getHost().equals(uri.getHost())
                ? List.of(
                    new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(SERVER.url().getHost(), SERVER.url().getPort())))
                : JVM.select(uri);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
            JVM.connectFailed(uri, proxy, failure);
          }
        });
  }

  @AfterAll
  static void leadAsBefore() {
    ProxySelector.setDefault(JVM);
    SERVER.close();
  }

  /** Each error that says where to look, or what to do there. */
  enum Failure {
    SERVER_ERROR("Prisma's status page") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.thenError(500, "oops", "Oops");
        api.me();
      }
    },
    REFUSED_TOKEN("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.thenError(401, "authentication-failed", "Expired");
        api.me();
      }
    },
    PLAN_LIMIT("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.thenError(403, "planLimitReached", "Full");
        api.projects().create(CreateProject.named("shop"));
      }
    },
    ANSWER_THAT_CANNOT_BE_READ("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.then(201, "{\"data\":{}}");
        api.projects().create(CreateProject.named("shop"));
      }
    },
    CREATION_WITHOUT_A_NAME("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.thenError(500, "oops", "Oops");
        api.databases().create(CreateDatabase.inProject("proj_1"));
      }
    },
    CREATION_THAT_CANNOT_BE_LOOKED_UP("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.thenError(500, "oops", "Oops").thenError(403, "permission-denied", "No");
        api.databases().create(CreateDatabase.inProject("proj_1").named("orders"));
      }
    },
    CHANGE_WITHOUT_AN_ANSWER("") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.thenError(500, "oops", "Oops");
        api.connections().create("db_1", "orders");
      }
    },
    NO_TOKEN("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        ManagementApi.builder().baseUrl(url).build();
      }
    },
    NO_TOKEN_FOR_A_JOB("Prisma Console") {
      @Override
      void provoke(ScriptedApi server, ManagementApi api, URI url) {
        server.then(200, "{\"value\":\"id\"}").thenError(401, "unauthorized", "No");
        GitHubActionsCredentials.builder()
            .environment(
                Map.of(
                    "ACTIONS_ID_TOKEN_REQUEST_URL",
                    server.url() + "/id",
                    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                    "request"))
            .apiUrl(url)
            .build()
            .token();
      }
    };

    private final String lookAt;

    Failure(String lookAt) {
      this.lookAt = lookAt;
    }

    abstract void provoke(ScriptedApi server, ManagementApi api, URI url);

    String message(ScriptedApi server, URI url) {
      try (ManagementApi api = server.builder().baseUrl(url).maxRetries(0).build()) {
        return String.valueOf(catchThrowable(() -> provoke(server, api, url)).getMessage());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesNothingOfPrismaForAnEmulator(Failure failure) {
    assertThat(failure.message(server, server.url()))
        .contains(
            failure.lookAt.isEmpty() || failure == Failure.PLAN_LIMIT ? "" : "" + server.url())
        .doesNotContainIgnoringCase("prisma console")
        .doesNotContainIgnoringCase("status page");
  }

  @ParameterizedTest
  @EnumSource
  void namesWhatPrismaHasForItsOwn(Failure failure) {
    SERVER.forget();

    assertThat(failure.message(SERVER, PRISMA)).contains(failure.lookAt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://api.prisma.io", "https://API.PRISMA.IO:443/x", "http://prisma.io"})
  void knowsPrismasAddresses(URI url) {
    assertThat(ManagementApi.isPrismas(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4711",
        "http://[::1]:1",
        "http://emulator:80",
        "https://notprisma.io",
        "https://api.prisma.io.example",
        "file:///prisma.io"
      })
  void knowsOthers(URI url) {
    assertThat(ManagementApi.isPrismas(url)).isFalse();
  }

  @Test
  void takesTheDefaultAddressForPrismas() {
    try (ManagementApi api = ManagementApi.builder().serviceToken("t").build()) {
      assertThat(ManagementApi.isPrismas(api.baseUrl())).isTrue();
    }
  }
}
