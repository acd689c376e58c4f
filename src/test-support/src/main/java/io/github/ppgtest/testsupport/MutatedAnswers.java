package io.github.ppgtest.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes wrong answers out of right ones, the same for the same seed. */
public final class MutatedAnswers {
  /** The kinds of damage. */
  public enum Kind {
    VALUE,
    VALUES,
    FIELD,
    STRUCTURE,
    BYTES
  }

  /** A value of JSON: a text, a number, a word, an empty or a whole object or list. */
  private static final Pattern VALUE =
      Pattern.compile("(?<=[:\\[,])\\s*+(\"[^\"]*+\"|-?[0-9.]++|true|false|null|\\{[^{}]*+})");

  private static final Pattern FIELD = Pattern.compile("\"([A-Za-z]++)\"\\s*+:");

  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e12",
    "1000000000000",
    "9223372036854775808",
    "1e999999999",
    "1e-999999999",
    "1e99999999999",
    "{}",
    "[]",
    "[[]]",
    "[null]",
    "[1]",
    "[{}]",
    "\"\"",
    "\" \"",
    "\"x\"",
    "\"/..\"",
    "\"../../etc\"",
    "\"..\"",
    "\"%2e%2e\"",
    "\"a/b?c#d\"",
    "\"\\u0000\"",
    "\"\\u001b[31mred\\u001b[0m\"",
    "\"\\r\\nX: y\"",
    "\"\\u009b2J\"",
    "\"\\u202egnp.exe\"",
    "\"\\u2066\\u2069\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\u2028\"",
    "\"$(reboot)\"",
    "\"`x`\"",
    "\"'; DROP TABLE x; --\"",
    "\"%n%s%d\"",
    "\"{}\"",
    "\"9999-12-31T23:59:59Z\"",
    "\"+999999999-12-31T23:59:59Z\"",
    "\"0000-01-01T00:00:00Z\"",
    "\"-1000000000-01-01T00:00:00Z\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"READY\"",
    "\"failure\"",
    "\"postgres://u:p@h:0/d\"",
    "\"postgres://u:p@h:70000/d\"",
    "\"postgres://u:p@h:/d\"",
    "\"postgres://u:p@a_b:5432/d\"",
    "\"postgres://u:p@[::1]:5432/d\"",
    "\"postgres://u:p@[::1/d\"",
    "\"postgres://:@:@:5432/\"",
    "\"postgres://u:p%@h/d\"",
    "\"postgres://u:p@h@i/d\"",
    "\"postgres:///d\"",
    "\"postgres:d\"",
    "\"://\"",
    "\"mysql://u:p@h:3306/d\"",
    "\"file:///etc/passwd\"",
    "\"jdbc:postgresql://h/d\"",
    "\"postgres://u:\\u0000@h:5432/d\"",
    "\"postgres://u:%00@h:5432/d\"",
    "\"http://user:pass@h/\"",
    "\"http://h:99999/\"",
    "\"ht tp://h\"",
    "\"javascript:alert(1)\""
  };

  private final Random random;

  public MutatedAnswers(long seed) {
    this.random = new Random(seed);
  }

  public String of(String right, Kind kind) {
    return switch (kind) {
      case VALUE -> replaced(right, VALUE, value());
      case VALUES -> {
        String wrong = right;
        for (int i = random.nextInt(5); i >= 0; i--) {
          wrong = replaced(wrong, VALUE, value());
        }
        yield wrong;
      }
      case FIELD ->
          switch (random.nextInt(3)) {
            case 0 -> replaced(right, FIELD, "\"somethingElse\":");
            case 1 -> replaced(right, FIELD, "\"id\":");
            default -> replaced(right, FIELD, "\"\":");
          };
      case STRUCTURE ->
          switch (random.nextInt(6)) {
            case 0 -> "[" + right + "]";
            case 1 -> "{\"data\":" + right + "}";
            case 2 -> right.replaceFirst("\\{", "[").replaceFirst("}\\s*$", "]");
            case 3 -> right + right;
            case 4 -> "[".repeat(random.nextInt(2_000)) + right;
            default -> value();
          };
      case BYTES ->
          switch (random.nextInt(3)) {
            case 0 -> right.substring(0, random.nextInt(right.length()));
            case 1 -> cut(right) + (char) random.nextInt(0x1000) + cut(right);
            default -> cut(right) + "x".repeat(random.nextInt(100_000)) + cut(right);
          };
    };
  }

  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> '"' + "x".repeat(20_000) + '"';
      case 1 -> "\"postgres://u:" + "p".repeat(20_000) + "@h:5432/d\"";
      case 2 -> "9".repeat(1 + random.nextInt(300));
      default -> VALUES[random.nextInt(VALUES.length)];
    };
  }

  private String cut(String text) {
    int end = random.nextInt(text.length());
    return random.nextBoolean() ? text.substring(0, end) : text.substring(end);
  }

  private String replaced(String text, Pattern what, String replacement) {
    List<int[]> places = new ArrayList<>();
    for (Matcher found = what.matcher(text); found.find(); ) {
      places.add(new int[] {found.start(), found.end()});
    }
    if (places.isEmpty()) {
      return text + replacement;
    }
    int[] place = places.get(random.nextInt(places.size()));
    return text.substring(0, place[0]) + replacement + text.substring(place[1]);
  }
}
