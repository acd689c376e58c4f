package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The user that PostgreSQL runs as. PostgreSQL refuses to be root, the user of most CI images; then
 * it runs as user {@code nobody}, in the first way that the machine has.
 */
final class UnprivilegedUser {
  private static final String NOBODY = "nobody";

  /**
   * The ways to become that user, the quickest first. The last needs no second user: root of a new
   * user namespace; but containers forbid that one.
   */
  private static final List<Means> MEANS =
      List.of(
          new Means("setpriv", true, UnprivilegedUser::withSetpriv),
          new Means(
              "chroot",
              true,
              command -> prefixed(command, "chroot", "--userspec=65534:65534", "/")),
          new Means("su-exec", true, command -> prefixed(command, "su-exec", NOBODY)),
          new Means("gosu", true, command -> prefixed(command, "gosu", NOBODY)),
          new Means("su", true, UnprivilegedUser::withSu),
          new Means("sudo", true, command -> prefixed(command, "sudo", "-n", "-u", NOBODY, "--")),
          new Means("unshare", false, command -> prefixed(command, "unshare", "-U")));

  private record Means(
      String program, boolean ownsFiles, Function<List<String>, List<String>> wrap) {}

  private final @Nullable Means means;
  private @Nullable UserPrincipal nobody;

  private UnprivilegedUser(@Nullable Means means) {
    this.means = means;
  }

  /**
   * Finds the user for this process.
   *
   * @param mustReach a directory that the user has to be able to enter
   * @throws DatabaseEngineException when this process is root and no way to another user works
   */
  static UnprivilegedUser find(Platform platform, Path mustReach) {
    if (platform.isWindows() || !isRoot()) {
      return new UnprivilegedUser(null);
    }
    StringJoiner tried = new StringJoiner("\n  ", "\n  ", "");
    for (Means candidate : MEANS) {
      String refusal = refusal(candidate, mustReach);
      if (refusal == null) {
        return new UnprivilegedUser(candidate);
      }
      tried.add(candidate.program + ": " + refusal);
    }
    throw new CannotRunHereException(
        "PostgreSQL refuses to run as root, and no way was found to run it as 'nobody' with access"
            + " to "
            + mustReach
            + ". Run the tests as another user, or install setpriv (package util-linux). Tried:"
            + tried,
        null);
  }

  /** The command that runs another one as this user. */
  List<String> command(List<String> command) {
    return means == null ? command : means.wrap.apply(command);
  }

  /** Makes this user the owner of a file or an empty directory, where it has to be. */
  void own(Path path) throws IOException {
    if (means != null && means.ownsFiles) {
      Files.setOwner(path, nobody(path));
    }
  }

  /** Looked up once: a cluster has a thousand files. */
  private synchronized UserPrincipal nobody(Path path) throws IOException {
    UserPrincipal known = nobody;
    if (known == null) {
      known = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
      nobody = known;
    }
    return known;
  }

  private static boolean isRoot() {
    try {
      Path self = Path.of("/proc/self");
      if (Files.exists(self)) {
        return Files.getAttribute(self, "unix:uid").equals(0);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: the name has to do.
    }
    return "root".equals(System.getProperty("user.name"));
  }

  /** Returns why a way does not work here; null when it does. */
  private static @Nullable String refusal(Means candidate, Path mustReach) {
    List<String> probe =
        candidate.wrap.apply(
            List.of("/bin/sh", "-c", "test \"$(id -u)\" != 0 && cd " + quoted(mustReach)));
    try {
      Command.Result result = Command.run(Path.of("/"), probe);
      return result.succeeded()
          ? null
          : result.output().isEmpty() ? "exit code " + result.exitCode() : result.output();
    } catch (DatabaseEngineException e) {
      return "not installed";
    }
  }

  private static List<String> withSetpriv(List<String> command) {
    return prefixed(command, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  }

  /** One string, so that no su takes the command's options for its own. */
  private static List<String> withSu(List<String> command) {
    StringJoiner line = new StringJoiner(" ", "exec ", "");
    command.forEach(word -> line.add(quoted(word)));
    return List.of("su", "-s", "/bin/sh", "-c", line.toString(), NOBODY);
  }

  private static List<String> prefixed(List<String> command, String... prefix) {
    List<String> all = new ArrayList<>(List.of(prefix));
    all.addAll(command);
    return List.copyOf(all);
  }

  private static String quoted(Object word) {
    return "'" + word.toString().replace("'", "'\\''") + "'";
  }
}
