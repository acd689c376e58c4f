package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseFilesTest {
  private static final int MANY = 20_000;

  @TempDir private Path data;

  @Test
  void areNotCopiedAnyMoreOnceTheyAreClosed() throws IOException {
    Path source = Files.createDirectories(data.resolve("base/1"));
    Path target = Files.createDirectories(data.resolve("base/2"));
    for (int i = 0; i < MANY; i++) {
      Files.createFile(source.resolve(Integer.toString(i)));
    }
    DatabaseFiles files = new DatabaseFiles(data, UnprivilegedUser.find(Platform.current(), data));
    CompletableFuture<Void> copying = CompletableFuture.runAsync(() -> copy(files));
    while (count(target) == 0) {
      Thread.onSpinWait();
    }
    files.close();
    FileTree.delete(target);

    assertThatThrownBy(copying::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("the server is being closed");
    assertThat(target).doesNotExist();
  }

  private static void copy(DatabaseFiles files) {
    try {
      files.copy(1, 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
