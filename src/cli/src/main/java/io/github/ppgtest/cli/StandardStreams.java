package io.github.ppgtest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Detects the standard streams that were closed when this process began: a JVM then has the first
 * files that it opens there, its classes. Of several, Java 17 opens /dev/null for all but the
 * first, which is no different from one that the user has opened.
 */
public final class StandardStreams {
  private StandardStreams() {}

  /** Returns the numbers of the closed streams, 0 to 2. */
  public static List<Integer> closed() {
    Path streams = Path.of("/dev/fd");
    return IntStream.rangeClosed(0, 2)
        .filter(number -> Files.isDirectory(streams) && isClosed(streams.resolve("" + number)))
        .boxed()
        .toList();
  }

  private static boolean isClosed(Path stream) {
    return Files.notExists(stream)
        || Stream.of(
                System.getProperty("java.home") + "/lib/modules",
                System.getProperty("java.class.path"))
            .anyMatch(file -> isSame(stream, Path.of(file)));
  }

  private static boolean isSame(Path stream, Path file) {
    try {
      return Files.isSameFile(stream, file);
    } catch (IOException e) {
      // One of the paths does not exist, as with a class path of several.
      return false;
    }
  }
}
