package io.github.ppgtest.cli.emulator;

import io.github.ppgtest.cli.DurationConverter;
import io.github.ppgtest.cli.NodeCertificates;
import io.github.ppgtest.cli.StandardStreams;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the emulator until the process is ended. */
@Command(
    name = "emulator",
    description = {
      "Runs Prisma Postgres on this machine: the Management API, and the databases made through it.",
      "Prints the lines that tell clients of it, and runs until Ctrl-C, which stops it and deletes its databases."
    })
public final class EmulatorCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the Management API. Default: any that is free.")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the service token that requests have to carry, in its first line; - for standard"
              + " input. It is no option itself because everybody can read a process's arguments."
              + " Default: a random token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--authorization-server",
      description =
          "Also be the server that ppgtest login speaks to, whose user agrees at once; its address"
              + " has a secret in it. Default: off.")
  private boolean authorizationServer;

  @Option(
      names = "--connection-limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Connections that a database takes. Default: ${DEFAULT-VALUE}.")
  private int connectionLimit;

  @Option(
      names = "--query-timeout",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long a query may run: 10s, 0.5s, 2m. Default: ${DEFAULT-VALUE}.")
  private Duration queryTimeout = Duration.ZERO;

  @Option(
      names = "--transaction-timeout",
      paramLabel = "DURATION",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long a transaction may be open, likewise. Default: ${DEFAULT-VALUE}.")
  private Duration transactionTimeout = Duration.ZERO;

  @Option(
      names = "--unavailable-region",
      paramLabel = "REGION",
      description = "A region that takes no databases. May be given several times.")
  private List<String> unavailableRegions = new ArrayList<>();

  @Option(
      names = "--postgres-home",
      paramLabel = "DIRECTORY",
      description = "An installed PostgreSQL 17 to use. Default: the one that comes along.")
  private @Nullable Path postgresHome;

  @Override
  public void run() {
    PrismaPostgresEmulator.Builder builder =
        PrismaPostgresEmulator.builder()
            .port(port)
            .authorizationServer(authorizationServer)
            .createDb(true)
            .connectionLimit(connectionLimit)
            .queryTimeout(queryTimeout)
            .transactionTimeout(transactionTimeout)
            .postgresHome(postgresHome);
    unavailableRegions.forEach(builder::unavailableRegion);
    if (tokenFile != null) {
      builder.serviceToken(token(tokenFile));
    }
    // The emulator stops itself when the JVM is told to end.
    PrismaPostgresEmulator emulator = builder.start();
    print(emulator);
    awaitSignal();
  }

  private static String token(Path file) {
    if (file.toString().equals("-") && StandardStreams.closed().contains(0)) {
      throw new IllegalArgumentException("There is no token in -: standard input is closed.");
    }
    try (BufferedReader reader =
        file.toString().equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(file)) {
      String token = reader.readLine();
      if (token == null) {
        throw new IllegalArgumentException("There is no token in %s: it is empty.".formatted(file));
      }
      return token.strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The token could not be read from %s (%s).".formatted(file, e), e);
    }
  }

  private void print(PrismaPostgresEmulator emulator) {
    // Takes a moment, and a script may read on before it is over.
    String certificates = NodeCertificates.with(emulator.certificate());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(
        "# Prisma Postgres runs on this machine until Ctrl-C. In the shell of its clients:");
    out.println(export("PPGTEST_API_URL", emulator.apiUrl().toString()));
    out.println(export("PRISMA_SERVICE_TOKEN", emulator.serviceToken()));
    out.println(export("CREATE_DB_WORKER_URL", emulator.createDbUrl().toString()));
    out.println(export("CLAIM_DB_WORKER_URL", emulator.createDbUrl().toString()));
    if (authorizationServer) {
      out.println(export("PRISMA_AUTH_URL", emulator.authUrl().toString()));
    }
    out.println(export("PGSSLROOTCERT", emulator.certificate().toString()));
    out.println(export(NodeCertificates.VARIABLE, certificates));
    out.flush();
  }

  private static String export(String name, String value) {
    return "export %s='%s'".formatted(name, value.replace("'", "'\\''"));
  }

  private static void awaitSignal() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
