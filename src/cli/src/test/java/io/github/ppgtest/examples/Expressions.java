package io.github.ppgtest.examples;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the expressions of GitHub Actions from a table; what the table lacks fails. Knows as
 * much of the language as the examples use: no parentheses.
 *
 * @param values of references and calls, as they are written
 */
record Expressions(Map<String, String> values) {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

  String fill(String text) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  /** Returns whether a condition, with or without its braces, is met. */
  boolean isMet(String condition) {
    Matcher braced = EXPRESSION.matcher(condition);
    return isTrue(value(braced.matches() ? braced.group(1) : condition));
  }

  private static boolean isTrue(String value) {
    return !value.isEmpty() && !value.equals("false");
  }

  /** The weakest operator first. */
  private String value(String expression) {
    int or = expression.indexOf(" || ");
    if (or >= 0) {
      String left = value(expression.substring(0, or));
      String right = value(expression.substring(or + 4));
      return isTrue(left) ? left : right;
    }
    int and = expression.indexOf(" && ");
    if (and >= 0) {
      String left = value(expression.substring(0, and));
      String right = value(expression.substring(and + 4));
      return isTrue(left) ? right : left;
    }
    int differs = expression.indexOf(" != ");
    if (differs >= 0) {
      String left = value(expression.substring(0, differs));
      return Boolean.toString(!left.equals(value(expression.substring(differs + 4))));
    }
    if (expression.matches("'[^']*'")) {
      return expression.substring(1, expression.length() - 1);
    }
    String value = values.get(expression);
    if (value == null) {
      throw new AssertionError(
          "Nobody knows %s; known are %s".formatted(expression, values.keySet()));
    }
    return value;
  }
}
