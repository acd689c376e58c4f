package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GitHub reads of this repository besides workflows: Dependabot's settings and templates. */
final class RepositoryFilesTest {
  private static final Path GITHUB = Examples.ROOT.resolve(".github");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

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

  /** GitHub shows no form in which one of these is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"bug.yml", "feature.yml"})
  void formsAreCompleteAndWarnOfSecrets(String name) throws IOException {
    Path file = GITHUB.resolve("ISSUE_TEMPLATE").resolve(name);
    Yaml form = Yaml.read(file);
    assertThat(List.of(form.get("name").text(), form.get("description").text()))
        .allSatisfy(text -> assertThat(text).isNotBlank());
    List<Yaml> questions =
        form.get("body").elements().stream()
            .filter(element -> !element.get("type").text().equals("markdown"))
            .toList();
    assertThat(questions)
        .isNotEmpty()
        .allSatisfy(
            question -> {
              assertThat(question.get("type").text()).isIn("input", "textarea");
              assertThat(question.get("attributes").get("label").text()).isNotBlank();
            });
    assertThat(questions.stream().map(question -> question.get("id").text()))
        .doesNotHaveDuplicates();
    assertThat(Files.readString(file)).contains("no token, password or connection string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SECURITY.md", "pull_request_template.md"})
  void pagesLinkToFilesThatAreThere(String name) throws IOException {
    String page = Files.readString(GITHUB.resolve(name));
    assertThat(page).contains("connection string");
    LINK.matcher(page)
        .results()
        .forEach(link -> assertThat(GITHUB.resolve(link.group(1))).isRegularFile());
  }
}
