package io.github.ppgtest.cli.database;

import static java.util.stream.Collectors.joining;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.cli.Progress;
import io.github.ppgtest.cli.SecretMask;
import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates a database for the length of one command. */
@Command(
    name = "run",
    description = {
      "Makes a database, runs a command that finds it in its environment, and deletes it afterwards.",
      "The command sees DATABASE_URL and DIRECT_URL, JDBC_DATABASE_URL, JDBC_DATABASE_USERNAME,"
          + " JDBC_DATABASE_PASSWORD, what PostgreSQL's own programs read (PGHOST and so on), and"
          + " PPGTEST_DATABASE_ID, _NAME, _PROVIDER. Where the server has a certificate of its own,"
          + " PGSSLROOTCERT and NODE_EXTRA_CA_CERTS name it. What leads libpq elsewhere, such as"
          + " PGSERVICE, is taken out. Its input and output are those of ppgtest. Signals that end programs are"
          + " passed on to it; the database goes when it has ended, however it has."
    },
    customSynopsis = "ppgtest run [OPTION...] -- COMMAND [ARGUMENT...]",
    exitCodeList = {
      "0:the command succeeded, and the database is deleted",
      "1:there was no database, and the command was not run; or it succeeded, and something could"
          + " not be deleted",
      "2:wrong usage",
      "126:the command cannot be run",
      "127:there is no such command",
      "128+n:signal n ended the command",
      "other:the command's own"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest run --schema schema.sql -- mvn verify",
      "  ppgtest run -- sh -c 'psql \"$$DATABASE_URL\" -c \"SELECT 1\"'"
    })
public final class RunCommand implements Callable<Integer> {
  private @Nullable CommandSpec spec;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run, and how.")
  private List<String> command = new ArrayList<>();

  /** Leaves the arguments behind the command to it, options too. */
  @Spec
  void spec(CommandSpec spec) {
    this.spec = spec;
    spec.parser().stopAtPositional(true);
  }

  @Override
  public Integer call() {
    try {
      // Before anything is created.
      Program.require(command.get(0));
      return runWithDatabase();
    } catch (NotRunnableException e) {
      say(e.getMessage());
      return e.exitCode();
    }
  }

  private int runWithDatabase() {
    PrismaPostgresFixture fixture = database.builder().build();
    say(fixture.providerChoice());
    PrismaPostgresDatabase made = Progress.showing("Making a database", () -> started(fixture));
    SecretMask.mask(List.of(made.connectionString(), made.password()));
    ClientEnvironment environment = new ClientEnvironment(Variables.of(made));
    warnOf(environment.othersIn(System.getenv()));
    int exitCode = ForegroundProcess.run(command, environment::applyTo);
    try {
      // While it can still be shown. Where this is not reached, the end of the JVM does it.
      Progress.showing("Deleting the database", RunCommand::endRun);
      return exitCode;
    } catch (PrismaPostgresException e) {
      say(e.getMessage());
      return exitCode == 0 ? 1 : exitCode;
    }
  }

  private void warnOf(List<String> others) {
    if (!others.isEmpty()) {
      say(
          "warning: the command also sees %s, which lead to other databases. Where it is not to use them: ppgtest run -- env %s COMMAND"
              .formatted(
                  String.join(", ", others),
                  others.stream().map(name -> "-u " + name).collect(joining(" "))));
    }
  }

  private static PrismaPostgresDatabase started(PrismaPostgresFixture fixture) {
    fixture.start();
    return fixture.database();
  }

  private static boolean endRun() {
    PrismaPostgresFixture.endRun();
    return true;
  }

  private void say(@Nullable String message) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println("ppgtest: " + PrintableText.of(String.valueOf(message)));
  }
}
