package io.github.ppgtest.benchmarks.speed;

import java.io.PrintStream;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints the resources of a run right after some of its tests. */
final class Snapshots implements TestExecutionListener {
  private final Set<Integer> wanted;
  private final PrintStream out;
  private int tests;

  Snapshots(Set<Integer> wanted, PrintStream out) {
    this.wanted = wanted;
    this.out = out;
  }

  @Override
  public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
    if (finished.isTest()) {
      tests++;
      if (wanted.contains(tests)) {
        out.println(Snapshot.take().line());
      }
    }
  }
}
