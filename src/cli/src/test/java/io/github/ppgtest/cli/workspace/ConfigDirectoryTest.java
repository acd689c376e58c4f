package io.github.ppgtest.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigDirectoryTest {
  private static final Path HOME = Path.of("/home/ann").toAbsolutePath();

  @Test
  void isWhereEachSystemHasSuchThings() {
    assertThat(path("Linux", Map.of())).isEqualTo(HOME.resolve(".config/ppgtest"));
    assertThat(path("Mac OS X", Map.of()))
        .isEqualTo(HOME.resolve("Library/Application Support/ppgtest"));
    assertThat(path("Windows 11", Map.of())).isEqualTo(HOME.resolve("AppData/Roaming/ppgtest"));
  }

  @Test
  void isWhereTheUserSays() {
    String place = HOME.resolve("elsewhere").toString();

    assertThat(path("Linux", Map.of("XDG_CONFIG_HOME", place)))
        .isEqualTo(HOME.resolve("elsewhere/ppgtest"));
    assertThat(path("Windows 11", Map.of("APPDATA", place)))
        .isEqualTo(HOME.resolve("elsewhere/ppgtest"));
  }

  @Test
  void isNotBelowTheWorkingDirectory() {
    assertThat(path("Linux", Map.of("XDG_CONFIG_HOME", "config")))
        .isEqualTo(HOME.resolve(".config/ppgtest"));
  }

  private static Path path(String system, Map<String, String> environment) {
    return ConfigDirectory.path(system, HOME, environment::get);
  }
}
