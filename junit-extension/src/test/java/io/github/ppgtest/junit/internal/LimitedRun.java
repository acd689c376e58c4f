package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.junit.PrismaPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A run of three classes, in a JVM with a token; what it has done it says, and waits for a line.
 */
final class LimitedRun {
  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  @PrismaPostgres
  static class One {}

  @PrismaPostgres
  static class Two {}

  @PrismaPostgres
  static class Three {}

  private LimitedRun() {}

  public static void main(String[] arguments) throws Exception {
    boolean parallel = arguments[0].equals("parallel");
    ClassesAhead run =
        ClassesAhead.begin(List.of(wanting(One.class), wanting(Two.class), wanting(Three.class)));
    try {
      PrismaPostgresFixture one = ClassesAhead.start(wanting(One.class));
      awaitPreparation();
      say("prepared");
      if (parallel) {
        PrismaPostgresFixture three = ClassesAhead.start(wanting(Three.class));
        say("three");
        one.stop();
        PrismaPostgresFixture two = ClassesAhead.start(wanting(Two.class));
        say("two");
        two.stop();
        three.stop();
      } else {
        one.stop();
        say("stopped");
        ClassesAhead.start(wanting(Two.class)).stop();
        ClassesAhead.start(wanting(Three.class)).stop();
      }
    } finally {
      run.close();
    }
    say("end");
  }

  private static AnnotatedClass wanting(Class<?> testClass) {
    return AnnotatedClass.of(testClass).orElseThrow();
  }

  private static void awaitPreparation() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("ppgtest-ahead-of")) {
        thread.join();
      }
    }
  }

  private static void say(String what) throws IOException {
    System.out.println(what);
    INPUT.readLine();
  }
}
