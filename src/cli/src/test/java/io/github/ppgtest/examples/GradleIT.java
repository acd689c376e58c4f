package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the build of Gradle depends on, fetched by Maven from where Gradle would fetch it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Maven is a batch file there")
final class GradleIT {

  @Test
  void findsAllThatItDependsOn(@TempDir Path directory) throws Exception {
    GradleBuild build = GradleBuild.read();
    List<String> coordinates = new ArrayList<>(build.librariesOfTests());
    // It is being built here, and in no repository.
    coordinates.removeIf(library -> library.startsWith("io.github.ppgtest:"));
    build
        .postgresArtifacts()
        .forEach(
            artifact ->
                coordinates.add(
                    "io.zonky.test.postgres:%s:%s".formatted(artifact, build.postgresVersion())));
    Files.writeString(directory.resolve("pom.xml"), pom(coordinates));

    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-ntp",
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:resolve")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(maven.waitFor()).as(output).isZero();
    assertThat(coordinates)
        .hasSizeGreaterThan(6)
        .allSatisfy(
            library ->
                assertThat(output)
                    .contains(library.replaceFirst("(.*):(.*):(.*)", "$1:$2:pom:$3")));
  }

  /** Of their poms only: PostgreSQL weighs 15 to 60 MB for each kind of machine. */
  private static String pom(List<String> coordinates) {
    String dependencies =
        coordinates.stream()
            .map(library -> library.split(":"))
            .map(
                part ->
                    "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><type>pom</type></dependency>\n"
                        .formatted(part[0], part[1], part[2]))
            .collect(Collectors.joining());
    return """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>libraries-of-gradle</artifactId>
          <version>1.0</version>
          <packaging>pom</packaging>
          <dependencies>
        %s  </dependencies>
        </project>
        """
        .formatted(dependencies);
  }
}
