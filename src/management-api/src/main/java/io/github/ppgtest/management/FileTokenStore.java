package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.TokenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps tokens in a JSON file that only its owner can read: mode 0600 in a directory of mode 0700
 * where that has to be made, an access control list of one entry on Windows. A file that others can
 * read is refused, as is a directory that others can write to.
 *
 * <p>The file is replaced as a whole, so that a process that dies while writing leaves the old
 * tokens. The lock, a file beside it with a name that ends with {@code .lock}, holds between
 * threads and processes of one machine. Safe for use by several threads at once.
 *
 * @since 0.1.0
 */
public final class FileTokenStore implements TokenStore {
  private final TokenFile file;

  private FileTokenStore(TokenFile file) {
    this.file = file;
  }

  /**
   * Returns a store in a file. Neither it nor its directory need exist; nothing is touched yet.
   *
   * @param file a file; relative to the working directory
   * @return the store
   */
  public static FileTokenStore at(Path file) {
    return new FileTokenStore(new TokenFile(file));
  }

  @Override
  public Optional<OAuthTokens> load() {
    return doing("read", file::read);
  }

  @Override
  public void save(OAuthTokens tokens) {
    underLock(
        "written",
        () -> {
          file.write(tokens);
          return true;
        });
  }

  @Override
  public void clear() {
    if (!file.exists()) {
      return;
    }
    underLock(
        "deleted",
        () -> {
          file.delete();
          return true;
        });
  }

  @Override
  public <T> T locked(Supplier<T> action) {
    return doing("locked", () -> file.locked(action));
  }

  private void underLock(String done, FileAction<Boolean> action) {
    locked(() -> doing(done, action));
  }

  private <T> T doing(String done, FileAction<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new CredentialsException(
          "The token store %s could not be %s: %s. Check that the path is right and the disk not full."
              .formatted(file, done, e),
          e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private interface FileAction<T> {
    T run() throws IOException;
  }
}
