package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build of Gradle beside those of Maven, which are run: both have to say the same. */
final class GradleTest {
  private final GradleBuild build = GradleBuild.read();

  @Test
  void dependsOnWhatTheQuickstartDependsOn() {
    Set<String> expected = new TreeSet<>(Poms.dependencies(Examples.QUICKSTART));
    // Surefire brings it by itself; it comes in JUnit's version.
    expected.add("org.junit.platform:junit-platform-launcher:" + Poms.junitOf(Examples.QUICKSTART));

    assertThat(build.librariesOfTests()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void namesEachPostgresThatTheEmulatorKnows() {
    assertThat(build.postgresArtifacts())
        .containsExactlyInAnyOrderElementsOf(Poms.artifactsInProfiles(Examples.EMULATOR));
    assertThat(build.postgresVersion()).isEqualTo(Examples.versionOf("postgres-binaries"));
  }

  @Test
  void compilesAndRunsTheClassesOfTheQuickstart() throws IOException {
    try (Stream<String> folders = build.sourceFolders().stream()) {
      assertThat(
              folders.map(
                  folder ->
                      Examples.QUICKSTART
                          .relativize(Examples.GRADLE.resolve(folder).normalize())
                          .toString()))
          .containsExactly(
              "src/main/java", "src/main/resources", "src/test/java", "src/test/resources")
          .allSatisfy(folder -> assertThat(Examples.QUICKSTART.resolve(folder)).isDirectory());
    }
    assertThat(build.text()).contains("useJUnitPlatform()", "options.release = 17");
    assertThat(Files.readString(Examples.GRADLE.resolve("settings.gradle.kts")))
        .contains("rootProject.name");
  }
}
