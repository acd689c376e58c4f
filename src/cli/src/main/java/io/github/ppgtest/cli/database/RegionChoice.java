package io.github.ppgtest.cli.database;

import io.github.ppgtest.emulator.PrintableText;
import io.github.ppgtest.management.Region;
import java.io.Console;
import java.util.List;
import java.util.Objects;

/** Asks the user at the terminal for a region. */
final class RegionChoice {
  private static final String USUAL = "us-east-1";

  private RegionChoice() {}

  /**
   * Asks until the answer is one of the numbers shown; Enter takes the usual region.
   *
   * @throws IllegalStateException if there is none, or no answer
   */
  static String among(List<Region> regions) {
    if (regions.isEmpty()) {
      throw new IllegalStateException("No region takes databases at the moment. Try again later.");
    }
    Console console = Objects.requireNonNull(System.console());
    List<String> ids = regions.stream().map(Region::id).toList();
    String usual = ids.contains(USUAL) ? USUAL : ids.get(0);
    for (int i = 0; i < regions.size(); i++) {
      console.printf("%3d) %-16s %s%n", i + 1, ids.get(i), regions.get(i).name());
    }
    while (true) {
      String answer = console.readLine("Number of the region, or Enter for %s: ", usual);
      if (answer == null) {
        throw new IllegalStateException("No region was chosen, so no database was made.");
      }
      String text = answer.strip();
      if (text.isEmpty()) {
        return usual;
      }
      if (ids.contains(text)) {
        return text;
      }
      if (text.matches("[1-9][0-9]?") && Integer.parseInt(text) <= ids.size()) {
        return ids.get(Integer.parseInt(text) - 1);
      }
      console.printf("%s is no number from 1 to %d.%n", PrintableText.line(text), ids.size());
    }
  }
}
