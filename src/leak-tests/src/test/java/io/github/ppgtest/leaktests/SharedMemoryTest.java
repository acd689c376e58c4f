package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ppgtest.testsupport.JvmCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave of the machine's shared memory when they are killed. */
@EnabledOnOs(OS.LINUX)
class SharedMemoryTest {
  private static final Path PERL = Path.of("/usr/bin/perl");

  @TempDir private Path home;
  private final SharedMemory memory = SharedMemory.watched();

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void isCountedAsASegmentUntilItIsRemoved() throws Exception {
    assumeTrue(Files.isExecutable(PERL), "a segment is made by perl, which is not there");
    String number =
        killedAfterALine(
            new ProcessBuilder(
                PERL.toString(), "-e", "$| = 1; print shmget(0, 4096, 0600), \"\\n\"; <STDIN>"));

    assertThat(memory.of(home))
        .singleElement()
        .asString()
        .startsWith("shared memory segment " + number + " of process ");
    assertThat(memory.of(home.resolve("another"))).isEmpty();

    assertThat(new ProcessBuilder("ipcrm", "-m", number).start().waitFor()).isZero();
    assertThat(memory.of(home)).isEmpty();
  }

  @Test
  void isCountedAsAFileUntilItIsDeleted() throws Exception {
    String file =
        killedAfterALine(
            JvmCommand.builder(home, List.of(), Mapping.class, Long.toString(home.hashCode())));
    try {
      assertThat(memory.of(home)).containsExactly(file);
    } finally {
      Files.delete(Path.of(file));
    }
    assertThat(memory.of(home)).isEmpty();
  }

  private String killedAfterALine(ProcessBuilder command) throws Exception {
    command.environment().put("TMPDIR", home.resolve("tmp").toString());
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = process.inputReader().readLine();
    memory.look();
    process.destroyForcibly().waitFor();
    return line;
  }

  /** Maps a file that is called as PostgreSQL's are. */
  static final class Mapping {
    private Mapping() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of("/dev/shm/PostgreSQL." + arguments[0]);
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        System.out.println(file);
        System.in.read();
      }
    }
  }
}
