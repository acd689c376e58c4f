package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  private static final String REFUSED =
      "LOG:  could not fork new process for connection: Resource temporarily unavailable\n";

  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void begin() throws IOException {
    log = directory.resolve("log");
    Files.writeString(log, "2026-11-29 05:00:00.000 UTC [17] LOG:  starting PostgreSQL 17.11\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  @Test
  void trustsTheFirstProcessAndAPanic() throws IOException {
    append("2026-11-29 05:00:01.000 UTC [17] " + REFUSED);
    append("2026-11-29 05:00:02.000 UTC [19] PANIC:  could not write: No space left on device\n");

    assertThat(ServerLog.trusted(log, ServerLog.after(log, 0)))
        .hasSize(3)
        .last()
        .asString()
        .endsWith("No space left on device");
  }

  @Test
  void trustsNoLineOfARoleOrAClient() throws IOException {
    append("2026-11-29 05:00:01.000 UTC [18] " + REFUSED);
    append(
        "2026-11-29 05:00:02.000 UTC [18] LOG:  x\n\t2026-11-29 05:00:02.000 UTC [17] " + REFUSED);
    append(
        "2026-11-29 05:00:03.000 UTC [19] FATAL:  password authentication failed for user \""
            + REFUSED.strip()
            + "\"\n");

    assertThat(ServerLog.trusted(log, ServerLog.after(log, 0))).hasSize(1);
  }

  @Test
  void readsTheEndOfALogThatIsLargerThanAnyHeap() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(5L << 30);
    }
    // The part may begin within a line, which may look like another there.
    append("\n2026-11-29 05:00:01.000 UTC [17] " + REFUSED + "2026-11-29 05:00:02");

    ServerLog.Part part = ServerLog.after(log, 0);

    assertThat(ServerLog.trusted(log, part))
        .singleElement()
        .asString()
        .isEqualTo("2026-11-29 05:00:01.000 UTC [17] " + REFUSED.strip());
    assertThat(part.end()).isEqualTo(Files.size(log) - "2026-11-29 05:00:02".length());
    append(".000 UTC [17] LOG:  über\n");
    assertThat(ServerLog.after(log, part.end()).text())
        .isEqualTo("2026-11-29 05:00:02.000 UTC [17] LOG:  über\n");
  }

  @Test
  void leavesOutALineThatIsCut() throws IOException {
    append(
        "2026-11-29 05:00:01.000 UTC [18] LOG:  "
            + ("2026-11-29 05:00:01.000 UTC [17] " + REFUSED.strip()).repeat(10_000));
    assertThat(ServerLog.after(log, 0).text()).isEmpty();
    append("\n");
    assertThat(ServerLog.trusted(log, ServerLog.after(log, 0))).isEmpty();
    assertThat(Files.readString(log, StandardCharsets.UTF_8)).contains(REFUSED.strip());
  }
}
