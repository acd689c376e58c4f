package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabases;
import io.github.ppgtest.cli.Progress;
import io.github.ppgtest.cli.SecretMask;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the connection URL of a database. */
@Command(
    name = "url",
    description = {
      "Prints the URL of a database's direct connection, with user name and password.",
      "The cloud tells passwords only once. For a database that was not made on this machine, a"
          + " further connection is made, and remembered here."
    },
    footerHeading = "%nExample:%n",
    footer = "  psql \"$$(ppgtest url db_…)\"")
public final class UrlCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DATABASE", description = "Its id or its name.")
  private String database = "";

  @Override
  public void run() {
    String url = Progress.showing("Looking for " + database, this::find);
    SecretMask.mask(List.of(url, password(url)));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(url);
  }

  private String find() {
    ExistingDatabases databases = AllDatabases.open();
    return databases.connectionString(
        databases.find(database).orElseThrow(() -> AllDatabases.unknown(database)));
  }

  private static String password(String url) {
    // Not getUserInfo(), which is null where the host has an underscore.
    String authority = URI.create(url).getRawAuthority();
    String login = authority.substring(0, authority.lastIndexOf('@'));
    return URLDecoder.decode(login.substring(login.indexOf(':') + 1), StandardCharsets.UTF_8);
  }
}
