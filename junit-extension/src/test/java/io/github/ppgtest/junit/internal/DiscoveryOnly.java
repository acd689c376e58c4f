package io.github.ppgtest.junit.internal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.junit.PrismaPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Looks for tests and runs none; says how many processes it has started for that. */
final class DiscoveryOnly {

  @PrismaPostgres
  static class SomeTestCases {
    @Test
    void isNotRun() {}
  }

  private DiscoveryOnly() {}

  public static void main(String[] arguments) throws Exception {
    Class<?> testClass =
        arguments[0].equals("own") ? SomeTestCases.class : new Another().loadClass(NAME);
    LauncherFactory.create()
        .discover(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testClass)).build());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("ppgtest-ahead")) {
        thread.join();
      }
    }
    System.out.println(ProcessHandle.current().children().count());
  }

  private static final String NAME = SomeTestCases.class.getName();

  /** Has classes of its own where the system's would do, as build tools do that load tests. */
  private static final class Another extends URLClassLoader {
    Another() {
      super(new URL[0], DiscoveryOnly.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !name.startsWith(DiscoveryOnly.class.getName())) {
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
