package io.github.ppgtest.leaktests;

import io.github.ppgtest.testsupport.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A run of another user that is alive all the time. */
final class ForeignRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final TalkingJvm jvm;
  private final Remains remains;

  private ForeignRun(TalkingJvm jvm, Remains remains) {
    this.jvm = jvm;
    this.remains = remains;
    remains.add(jvm.pid());
  }

  /**
   * Starts one, and returns when it has what it wants.
   *
   * @param home a directory that is its own
   */
  static ForeignRun start(Surroundings surroundings, Path home, Cloud cloud, SharedMemory memory)
      throws IOException, InterruptedException {
    Set<String> before = cloud.contents().keySet();
    ProcessBuilder command =
        JvmCommand.builder(
            home,
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp"))),
            ForeignRunMain.class,
            surroundings.projectId());
    surroundings.addTo(command.environment());
    command.environment().put("TMPDIR", home.resolve("tmp").toString());
    ForeignRun run =
        new ForeignRun(
            TalkingJvm.start(command, home.resolve("run.log"), new Events()),
            new Remains(home, surroundings.ledgers(), cloud, memory, before));
    try {
      run.jvm.answer("there", 1);
      return run;
    } catch (IllegalStateException e) {
      run.close();
      throw e;
    }
  }

  /**
   * Ends it in peace.
   *
   * @return what was wrong with it, or is left of it
   */
  List<String> end() throws IOException, InterruptedException {
    jvm.endInput();
    if (!jvm.ended(PATIENCE)) {
      return List.of("the foreign run does not end");
    }
    List<String> wrong = new ArrayList<>();
    if (jvm.exitCode() != 0) {
      wrong.add("the foreign run failed: " + jvm.events().all());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!remains.all().isEmpty() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    remains.all().forEach(left -> wrong.add("the foreign run left " + left));
    return wrong;
  }

  @Override
  public void close() {
    jvm.close();
  }
}
