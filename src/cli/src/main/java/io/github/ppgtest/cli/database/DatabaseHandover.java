package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabase;
import io.github.ppgtest.Handover;
import io.github.ppgtest.cli.SecretMask;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells others of a database that is about to be left to them. Where one of them cannot be told,
 * none is, and the database goes.
 *
 * @param database as its maker knows it
 * @param file where variables are added; null for no file
 * @param github likewise; null for none
 * @param result is told in the end, and cannot be told that it was not so
 */
record DatabaseHandover(
    Variables database,
    @Nullable EnvFile file,
    @Nullable GitHubEnv github,
    Consumer<Variables> result)
    implements Handover {

  @Override
  public void give(ExistingDatabase left) {
    Variables known = database.leftAs(left);
    SecretMask.mask(known.secrets());
    Map<String, String> variables = known.forFiles();
    try {
      if (file != null) {
        file.append(variables);
      }
      if (github != null) {
        github.append(variables);
      }
      result.accept(known);
    } catch (RuntimeException e) {
      try {
        takeBack(left);
      } catch (RuntimeException cleanUp) {
        e.addSuppressed(cleanUp);
      }
      throw e;
    }
  }

  @Override
  public void takeBack(ExistingDatabase left) {
    try {
      if (github != null) {
        github.undo();
      }
    } finally {
      if (file != null) {
        file.undo();
      }
    }
  }
}
