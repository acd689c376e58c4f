package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabase;
import io.github.ppgtest.Handover;
import io.github.ppgtest.cli.SecretMask;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands over a database to files and to the output. Where one of them fails, the others are undone,
 * and the database is deleted.
 *
 * @param database the database, still in this process
 * @param file the file to add variables to; null for none
 * @param github likewise; null for none
 * @param result takes the result in the end, and cannot be undone
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
