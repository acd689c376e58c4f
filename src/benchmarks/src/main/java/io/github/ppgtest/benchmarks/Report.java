package io.github.ppgtest.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The results of several rounds.
 *
 * @param rounds the times of each contender, all of them in every round
 */
record Report(List<Map<Contender, Measurement>> rounds) {
  Report {
    rounds = List.copyOf(rounds);
  }

  /** Returns whether ppgtest keeps every bound. */
  boolean boundsKept() {
    Figures ours = Figures.of(Contender.PPGTEST, rounds);
    return Bound.FIRST_CLASS.keptBy(ours.firstClass)
        && Bound.FURTHER_CLASS.keptBy(ours.furtherClass)
        && Bound.CLOSE.keptBy(ours.closeAdded);
  }

  /** Returns a Markdown table and the verdicts. */
  List<String> lines() {
    Figures ours = Figures.of(Contender.PPGTEST, rounds);
    Figures theirs = Figures.of(Contender.ZONKY, rounds);
    Figures empty = Figures.of(Contender.EMPTY, rounds);
    List<String> lines = new ArrayList<>();
    lines.add(row("", "first class", "each further class", "end of a class", "JVM close added"));
    lines.add("| --- | --- | --- | --- | --- |");
    lines.add(row(Contender.PPGTEST, ours.columns()));
    lines.add(row(Contender.ZONKY, theirs.columns()));
    // Its own close is subtracted from the others', and would be nothing here.
    lines.add(row(Contender.EMPTY, empty.columns().limit(3)) + "  |");
    lines.add(
        row(
            Contender.PPGTEST + " / " + Contender.ZONKY,
            ours.firstClass.times(theirs.firstClass),
            ours.furtherClass.times(theirs.furtherClass),
            ours.end.times(theirs.end),
            ours.closeAdded.times(theirs.closeAdded)));
    lines.add("");
    lines.add(Bound.FIRST_CLASS.verdict(ours.firstClass));
    lines.add(Bound.FURTHER_CLASS.verdict(ours.furtherClass));
    lines.add(Bound.CLOSE.verdict(ours.closeAdded));
    return lines;
  }

  private static String row(Object name, Stream<Samples> cells) {
    return row(name, cells.map(Samples::toString).toArray(String[]::new));
  }

  private static String row(Object name, String... cells) {
    return "| " + name + " | " + String.join(" | ", cells) + " |";
  }

  /** A contender's figures over all rounds. */
  private record Figures(
      Samples firstClass, Samples furtherClass, Samples end, Samples closeAdded) {

    static Figures of(Contender contender, List<Map<Contender, Measurement>> rounds) {
      List<Duration> first = new ArrayList<>();
      List<Duration> further = new ArrayList<>();
      List<Duration> ends = new ArrayList<>();
      List<Duration> added = new ArrayList<>();
      for (Map<Contender, Measurement> round : rounds) {
        Measurement measured = round.get(contender);
        List<Duration> firstRows = measured.firstRows();
        first.add(firstRows.get(0));
        further.addAll(firstRows.subList(1, firstRows.size()));
        ends.addAll(measured.ends());
        added.add(measured.close().minus(round.get(Contender.EMPTY).close()));
      }
      return new Figures(
          new Samples(first), new Samples(further), new Samples(ends), new Samples(added));
    }

    Stream<Samples> columns() {
      return Stream.of(firstClass, furtherClass, end, closeAdded);
    }
  }
}
