package io.github.ppgtest.cli.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The file in which a step of GitHub Actions sets variables for the steps after it. */
final class GitHubEnv {
  static final String VARIABLE = "GITHUB_ENV";

  private final Path file;
  private long lengthBefore = -1;

  private GitHubEnv(Path file) {
    this.file = file;
  }

  /** Finds it; empty where this is no step of GitHub Actions. */
  static Optional<GitHubEnv> find() {
    @Nullable String file = System.getenv(VARIABLE);
    return Optional.ofNullable(file)
        .filter(path -> Files.isWritable(Path.of(path)))
        .map(path -> new GitHubEnv(Path.of(path)));
  }

  /**
   * Adds variables.
   *
   * @throws UncheckedIOException if they cannot be written
   */
  void append(Map<String, String> variables) {
    // Not contained in any value, whatever its lines are.
    String delimiter = "ppgtest_" + UUID.randomUUID();
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (name, value) ->
            text.append("%s<<%s\n%s\n%s\n".formatted(name, delimiter, value, delimiter)));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      lengthBefore = channel.size();
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      channel.position(lengthBefore);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to %s: %s".formatted(VARIABLE, e), e);
    }
  }

  /** Removes the added variables; nothing where none were added. */
  void undo() {
    if (lengthBefore < 0) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(lengthBefore);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s tells of a database that is gone: %s".formatted(VARIABLE, e), e);
    }
  }
}
