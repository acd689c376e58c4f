package io.github.ppgtest.cli.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Checks with git whether a file could be committed by mistake. */
final class GitIgnore {
  /** Git's answer where the file is in a repository, and not ignored or tracked nevertheless. */
  private static final int NOT_IGNORED = 1;

  private static final int PATIENCE_SECONDS = 5;

  private GitIgnore() {}

  /** Returns whether it is in a repository that does not ignore it; false where there is no git. */
  static boolean isMissingFor(Path file) {
    try {
      Process git =
          new ProcessBuilder("git", "check-ignore", "--quiet", "--", file.toString())
              .directory(file.toAbsolutePath().getParent().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return false;
      }
      return git.exitValue() == NOT_IGNORED;
    } catch (IOException noGit) {
      // Then nothing is committed here.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
