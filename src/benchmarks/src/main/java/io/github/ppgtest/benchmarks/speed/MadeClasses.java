package io.github.ppgtest.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;

/** Test classes generated from a template, which differ only in their names. */
final class MadeClasses {
  private MadeClasses() {}

  /** Writes their class files, for the class path of a JVM that is yet to start. */
  static void write(Class<?> template, int count, Path directory) throws IOException {
    for (int number = 1; number <= count; number++) {
      new ByteBuddy()
          .subclass(template)
          .name(name(template.getName(), number))
          .make()
          .saveIn(directory.toFile());
    }
  }

  static String name(String template, int number) {
    return "%s_%04d".formatted(template, number);
  }
}
