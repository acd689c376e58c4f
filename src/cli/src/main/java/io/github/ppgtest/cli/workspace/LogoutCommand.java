package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.emulator.PrintableText;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Deletes a login. */
@Command(
    name = "logout",
    description = {
      "Forgets the login on this machine: deletes its tokens.",
      "A service token that is configured stays; it is no login."
    },
    footerHeading = "%nExample:%n",
    footer = "  ppgtest logout")
public final class LogoutCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    Path directory = ConfigDirectory.path();
    boolean found = StoredLogin.forget(directory);
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(
            found
                ? PrintableText.of("Logged out: the tokens in " + directory + " are deleted.")
                : "Nobody was logged in.");
  }
}
