package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Variables variables =
      new Variables(
          "db_1",
          "a",
          "cloud",
          "postgres://user:secret@localhost:5432/a",
          "jdbc:postgresql://localhost:5432/a",
          "user",
          "secret",
          Instant.EPOCH,
          null);

  @Test
  void areThoseThatAFileIsSearchedFor() {
    assertThat(variables.forFiles()).containsOnlyKeys(Variables.FILE_NAMES);
  }

  @Test
  void areShownWithoutSecrets() {
    assertThat(variables.toString()).doesNotContain("secret");
  }
}
