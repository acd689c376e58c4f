package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.cli.DurationConverter;
import io.github.ppgtest.emulator.PrintableText;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.OAuthCredentials;
import io.github.ppgtest.management.OAuthLogin;
import io.github.ppgtest.management.Principal;
import io.github.ppgtest.management.ResourceRef;
import io.github.ppgtest.management.TokenStore;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Logs a user in. */
@Command(
    name = "login",
    description = {
      "Logs you in through the browser. The other commands then act for you where neither a service"
          + " token nor a job's permission to ask for one is configured; the library itself never does.",
      "Needs an OAuth client, which Prisma Console makes. A login lasts 90 days from its last use; its"
          + " tokens are in a file that only you can read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest login --client-id ID",
      "  ppgtest login --no-browser   # prints the address only"
    })
public final class LoginCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      defaultValue = "${env:PRISMA_CLIENT_ID}",
      description =
          "The OAuth client. Default: the environment variable PRISMA_CLIENT_ID, else that of the last"
              + " login.")
  private @Nullable String clientId;

  @Option(
      names = "--auth-url",
      paramLabel = "URL",
      defaultValue = "${env:PRISMA_AUTH_URL:-https://auth.prisma.io}",
      description =
          "The authorization server. Default: the environment variable PRISMA_AUTH_URL, else"
              + " https://auth.prisma.io.")
  private URI authUrl = URI.create("https://auth.prisma.io");

  @Option(
      names = "--redirect-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "The port of 127.0.0.1 that the browser comes back to, where the OAuth client allows one only."
              + " Default: any that is free.")
  private int redirectPort;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "How long to wait for the browser. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ZERO;

  @Option(names = "--no-browser", description = "Opens no browser.")
  private boolean noBrowser;

  @Override
  public void run() {
    Path directory = ConfigDirectory.path();
    String client = client(directory);
    // Before a login that could not be stored.
    StoredLogin.tokens(directory).locked(() -> directory);
    TokenStore fresh = TokenStore.inMemory();
    try (OAuthLogin login =
        OAuthLogin.builder()
            .clientId(client)
            .authUrl(authUrl)
            .redirectPort(redirectPort)
            .tokenStore(fresh)
            .start()) {
      invite(login.authorizationUrl());
      login.await(timeout);
    }
    try (ManagementApi api = openApi(client, fresh)) {
      Principal principal = api.me();
      new StoredLogin(directory, client, authUrl, api.baseUrl()).save(fresh.load().orElseThrow());
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println(
          PrintableText.of(
              "Logged in%s. The tokens are in %s.".formatted(described(principal), directory)));
    }
  }

  private String client(Path directory) {
    if (clientId != null && !clientId.isBlank()) {
      return clientId;
    }
    return StoredLogin.load(directory)
        .map(StoredLogin::clientId)
        .orElseThrow(
            () ->
                new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Which OAuth client? Make one in Prisma Console, and say its id with --client-id"
                        + " or in the environment variable PRISMA_CLIENT_ID."));
  }

  private void invite(URI address) {
    boolean opened = !noBrowser && Browser.open(address);
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println(
        opened
            ? "The browser opens this address; if it does not, open it yourself:"
            : "Open this address in a browser on this machine:");
    err.println("  " + address);
    err.flush();
  }

  private ManagementApi openApi(String client, TokenStore tokens) {
    return PrismaPostgresFixture.builder()
        .credentials(
            OAuthCredentials.builder().clientId(client).authUrl(authUrl).tokenStore(tokens).build())
        .admin()
        .openManagementApi();
  }

  private static String described(Principal principal) {
    Principal.User user = principal.user();
    ResourceRef workspace = principal.workspace();
    return (user == null ? "" : " as " + user.email())
        + (workspace == null ? "" : ", workspace " + workspace.name());
  }
}
