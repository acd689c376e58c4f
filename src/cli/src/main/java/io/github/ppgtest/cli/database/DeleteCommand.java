package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabase;
import io.github.ppgtest.ExistingDatabases;
import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.Provider;
import io.github.ppgtest.cli.Progress;
import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes databases. */
@Command(
    name = "delete",
    description = {
      "Deletes databases that ppgtest made, and no others.",
      "One that is gone already is no error. A temporary one cannot be deleted: it is forgotten, and"
          + " expires at its time. Files that ppgtest create has written stay as they are."
    },
    footerHeading = "%nExample:%n",
    footer = "  ppgtest delete \"$$PPGTEST_DATABASE_ID\"")
public final class DeleteCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DATABASE",
      description = "Its id or its name. Where one of several cannot be deleted, the others are.")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() {
    ExistingDatabases databases = AllDatabases.open();
    int exitCode = 0;
    for (String name : names) {
      try {
        String done = Progress.showing("Deleting " + name, () -> delete(databases, name));
        out().println(PrintableText.of(done));
      } catch (PrismaPostgresException | IllegalArgumentException e) {
        err().println("ppgtest: " + PrintableText.of(String.valueOf(e.getMessage())));
        exitCode = 1;
      }
    }
    return exitCode;
  }

  /** Deletes a database and returns the result as a sentence. */
  private static String delete(ExistingDatabases databases, String name) {
    Optional<ExistingDatabase> found = databases.find(name);
    if (found.isEmpty()) {
      if (!AllDatabases.isPlausible(name)) {
        throw AllDatabases.unknown(name);
      }
      return "There is no database " + name + " any more";
    }
    ExistingDatabase database = found.get();
    databases.delete(database);
    return database.provider() == Provider.TEMPORARY
        ? "Forgot %s, which cannot be deleted: it expires at %s"
            .formatted(database, database.until())
        : "Deleted " + database;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
