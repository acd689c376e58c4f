package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.cli.Json;
import io.github.ppgtest.cli.Progress;
import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates a database that stays. */
@Command(
    name = "create",
    description = {
      "Makes a database that stays until it is deleted, or its time is over.",
      "Without --json it prints name, id, provider and until when, and no password: ppgtest url does.",
      "Where something fails, or on Ctrl-C, nothing is left."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppgtest create --env .env --schema prisma/migrations   # for whatever reads .env",
      "  ppgtest create --github-env   # for the next steps of a job of GitHub Actions"
    })
public final class CreateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Option(
      names = "--env",
      paramLabel = "FILE",
      description =
          "Adds DATABASE_URL, DIRECT_URL, JDBC_DATABASE_URL, _USERNAME, _PASSWORD and"
              + " PPGTEST_DATABASE_ID, _NAME, _PROVIDER, _UNTIL, and where the server has a"
              + " certificate of its own PGSSLROOTCERT and NODE_EXTRA_CA_CERTS, to a file, which only its owner can read then. Where it has one of"
              + " them, nothing is made.")
  private @Nullable Path env;

  @Option(
      names = "--github-env",
      description = "Sets the same variables for the next steps of a job of GitHub Actions.")
  private boolean githubEnv;

  @Option(names = "--json", description = "Prints all as JSON, with the password.")
  private boolean json;

  @Override
  public Integer call() {
    PrismaPostgresFixture.Builder builder = database.builder();
    EnvFile file = env == null ? null : EnvFile.open(env, Variables.FILE_NAMES);
    GitHubEnv github = githubEnv ? findGitHubEnv() : null;
    if (file != null && GitIgnore.isMissingFor(file.path())) {
      say(
          "warning: git does not ignore %s, and it will have a password in it. Add it to .gitignore."
              .formatted(env));
    }
    PrismaPostgresFixture fixture = builder.build();
    say(fixture.providerChoice());
    ExistingDatabase left =
        Progress.showing("Making a database", () -> make(fixture, file, github));
    if (!json) {
      print(left);
    }
    return 0;
  }

  private ExistingDatabase make(
      PrismaPostgresFixture fixture, @Nullable EnvFile file, @Nullable GitHubEnv github) {
    fixture.start();
    return fixture.detach(
        new DatabaseHandover(
            Variables.of(fixture.database()), file, github, this::printForPrograms));
  }

  private GitHubEnv findGitHubEnv() {
    return GitHubEnv.find()
        .orElseThrow(
            () ->
                new ParameterException(
                    commandSpec().commandLine(),
                    "--github-env needs a step of GitHub Actions, which names a file in "
                        + GitHubEnv.VARIABLE));
  }

  private void printForPrograms(Variables left) {
    if (json) {
      Json.print(out(), left);
      if (out().checkError()) {
        throw new IllegalStateException("The output cannot be written, so no database is left.");
      }
    }
  }

  private void print(ExistingDatabase left) {
    out().println("name:     " + left.name());
    out().println("id:       " + left.id());
    out().println("provider: " + left.provider().name().toLowerCase(Locale.ROOT));
    out().println("until:    " + left.until());
    out().println("its URL:  ppgtest url " + left.id());
    out().println("delete:   ppgtest delete " + left.id());
    out().flush();
  }

  private void say(String message) {
    commandSpec()
        .commandLine()
        .getErr()
        .println("ppgtest: " + PrintableText.of(String.valueOf(message)));
  }

  private PrintWriter out() {
    return commandSpec().commandLine().getOut();
  }

  private CommandSpec commandSpec() {
    return Objects.requireNonNull(spec);
  }
}
