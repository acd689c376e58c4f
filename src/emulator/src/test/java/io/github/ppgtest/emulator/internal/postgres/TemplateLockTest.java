package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.emulator.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another process that holds a template's lock costs: one wait. */
@Timeout(600)
final class TemplateLockTest {
  private static final String KEY = "a schema";

  @TempDir private Path directory;

  @Test
  void isWaitedForOnceAndThenDoneWithout() throws Exception {
    TemplateCache cache = open(Duration.ofSeconds(1));
    List<String> done = new ArrayList<>();
    cache.alone(KEY, () -> done.add("alone"));
    Path lock = lock();
    Process holder = ChildJvm.of(LockHolderTestCase.class, lock.toString()).start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("locked");

      assertThatThrownBy(() -> cache.alone(KEY, () -> done.add("never")))
          .isInstanceOf(FileMutex.HeldTooLongException.class)
          .hasMessage(
              "Another process has held %s for 1 s. End it, or name another directory with the"
                  + " setting ppgtest.cache-dir.",
              lock);
      assertThatThrownBy(() -> cache.alone(KEY, () -> done.add("never")))
          .isInstanceOf(FileMutex.HeldTooLongException.class)
          .hasMessageStartingWith("Another process still holds " + lock);
    } finally {
      holder.destroyForcibly().waitFor();
    }

    cache.alone(KEY, () -> done.add("alone again"));
    assertThat(done).containsExactly("alone", "alone again");
  }

  @Test
  void isTheOwnersAloneAlsoWhereAnEarlierVersionMadeIt() throws Exception {
    TemplateCache cache = open(Duration.ofMinutes(1));
    cache.alone(KEY, () -> {});
    Path lock = lock();
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));

    cache.alone(KEY, () -> {});

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
        .isEqualTo("rw-------");
  }

  private TemplateCache open(Duration patience) throws Exception {
    Platform platform = Platform.current();
    PostgresSettings settings =
        new PostgresSettings(20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null);
    return TemplateCache.of(
        CacheDirectory.open(directory),
        PostgresBinaries.find(null, platform, CacheDirectory.open(null)),
        settings,
        patience);
  }

  private Path lock() throws Exception {
    try (Stream<Path> files = Files.list(directory.toRealPath().resolve(TemplateCache.PART))) {
      return files.filter(file -> file.toString().endsWith(".lock")).findFirst().orElseThrow();
    }
  }
}
