package io.github.ppgtest.cli;

import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of texts under headings, each column as wide as its longest cell, within a limit. */
public final class Table {
  private static final String GAP = "  ";

  /** The widest column, so that one long cell does not widen all its neighbours. */
  private static final int WIDEST = 160;

  private final List<List<String>> rows = new ArrayList<>();

  private Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Begins a table. */
  public static Table of(String... headings) {
    return new Table(headings);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as there are headings
   */
  public Table row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "A row of %d cells under %d headings".formatted(cells.length, rows.get(0).size()));
    }
    rows.add(Stream.of(cells).map(PrintableText::line).toList());
    return this;
  }

  /** Prints it, without spaces at the ends of lines. */
  public void print(PrintWriter out) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .map(longest -> Math.min(longest, WIDEST))
            .toArray();
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<String> row, int... widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(column == 0 ? "" : GAP).append(row.get(column));
      line.append(" ".repeat(Math.max(0, widths[column] - row.get(column).length())));
    }
    return line.toString().stripTrailing();
  }
}
