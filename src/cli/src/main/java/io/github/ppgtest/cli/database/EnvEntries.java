package io.github.ppgtest.cli.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of an env file, as shells and the libraries called dotenv read it: {@code
 * NAME=value}, with or without {@code export}, and values in quotes over several lines.
 */
final class EnvEntries {
  private static final Pattern ENTRY =
      Pattern.compile("(?s)\\s*+(?:export\\s++)?([A-Za-z_][A-Za-z0-9_.-]*+)\\s*+[=:](.*)");
  private static final String QUOTES = "\"'`";

  private EnvEntries() {}

  /**
   * Finds all names, each with the number of its first line.
   *
   * @throws IllegalArgumentException if a quote is never closed: text appended behind it would be
   *     in the value
   */
  static Map<String, Integer> in(String text) {
    Map<String, Integer> names = new LinkedHashMap<>();
    int number = 0;
    int opened = 0;
    char quote = 0;
    for (String line : text.lines().toList()) {
      number++;
      String value = line;
      if (quote == 0) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
          continue;
        }
        names.putIfAbsent(entry.group(1), number);
        value = entry.group(2).stripLeading();
        if (value.isEmpty() || QUOTES.indexOf(value.charAt(0)) < 0) {
          continue;
        }
        quote = value.charAt(0);
        opened = number;
        value = value.substring(1);
      }
      if (closes(value, quote)) {
        quote = 0;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote in line %d is never closed".formatted(opened));
    }
    return names;
  }

  private static boolean closes(String text, char quote) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && quote == '"') {
        i++;
      } else if (text.charAt(i) == quote) {
        return true;
      }
    }
    return false;
  }
}
