package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What GitHub reads of this repository besides workflows. */
final class RepositoryFilesTest {
  private static final Path GITHUB = Examples.ROOT.resolve(".github");

  static List<Yaml> updates() {
    return Yaml.read(GITHUB.resolve("dependabot.yml")).get("updates").elements();
  }

  @ParameterizedTest
  @MethodSource("updates")
  void dependabotLooksOnceAWeekWhereSomethingIs(Yaml update) {
    assertThat(update.get("schedule").get("interval").text()).isEqualTo("weekly");
    assertThat(folders(update))
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(
                        switch (update.get("package-ecosystem").text()) {
                          case "maven" -> folder.resolve("pom.xml");
                          case "npm" -> folder.resolve("package-lock.json");
                          default -> folder;
                        })
                    .exists());
    assertThat(update.get("exclude-paths").texts())
        .allSatisfy(path -> assertThat(Examples.ROOT.resolve(path)).isRegularFile());
  }

  @Test
  void dependabotKnowsEachLockOfNpm() throws IOException {
    List<Path> locks = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Examples.ROOT.resolve("src"))) {
      for (Path module : modules) {
        Path sources = module.resolve("src");
        try (Stream<Path> files = Files.isDirectory(sources) ? Files.walk(sources) : Stream.of()) {
          files.filter(file -> file.endsWith("package-lock.json")).forEach(locks::add);
        }
      }
    }
    assertThat(locks)
        .isNotEmpty()
        .map(Path::getParent)
        .containsExactlyInAnyOrderElementsOf(
            updates().stream()
                .filter(update -> update.get("package-ecosystem").text().equals("npm"))
                .flatMap(update -> folders(update).stream())
                .toList());
  }

  private static List<Path> folders(Yaml update) {
    return Stream.of("directory", "directories")
        .flatMap(key -> update.get(key).texts().stream())
        .map(folder -> Examples.ROOT.resolve(folder.substring(1)))
        .toList();
  }
}
