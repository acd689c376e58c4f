package io.github.ppgtest.leaktests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What came of a plan.
 *
 * @param plan what was to happen
 * @param met whether the victim came to its moment and died of its weapon
 * @param last what was last seen of it before
 * @param untilClean how long it took from its end until nothing was left; or until that was given
 *     up
 * @param jvms how many further JVMs it took to clean up
 * @param left what was left for good
 * @param unanswered the projects of which only a note is left: their creation was never answered,
 *     and they are not there
 * @param home where its logs are
 */
record Death(
    Plan plan,
    boolean met,
    String last,
    Duration untilClean,
    int jvms,
    List<String> left,
    List<String> unanswered,
    Path home) {
  Death {
    left = List.copyOf(left);
    unanswered = List.copyOf(unanswered);
  }

  /** Whether nothing was left, not even a note. */
  boolean isClean() {
    return left.isEmpty() && unanswered.isEmpty();
  }
}
