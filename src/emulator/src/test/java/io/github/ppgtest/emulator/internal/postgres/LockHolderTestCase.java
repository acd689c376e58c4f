package io.github.ppgtest.emulator.internal.postgres;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A JVM that has a lock on a file, as who may read it can, until its input ends. */
final class LockHolderTestCase {
  private LockHolderTestCase() {}

  public static void main(String[] arguments) throws Exception {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ)) {
      channel.lock(0, Long.MAX_VALUE, true);
      System.out.println("locked");
      System.in.read();
    }
  }
}
