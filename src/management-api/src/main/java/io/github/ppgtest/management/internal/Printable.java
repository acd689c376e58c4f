package io.github.ppgtest.management.internal;

/**
 * Escapes text from elsewhere for terminals and logs: control characters, line separators, and
 * characters that turn or hide others, are written as in Java and JSON, such as {@code \}{@code
 * u001b}.
 */
final class Printable {
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /** Returns the text with every such character escaped, line breaks and tabs too. */
  static String escaped(String text) {
    if (text.chars().noneMatch(Printable::mayNeedEscape)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int end = i + Character.charCount(character);
      if (isPlain(character)) {
        escaped.appendCodePoint(character);
      } else {
        text.substring(i, end).chars().forEach(unit -> escape(unit, escaped));
      }
      i = end;
    }
    return escaped.toString();
  }

  /** Returns the text in one line: blanks become one space, the rest is escaped. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean isBlank = true;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean wasBlank = isBlank;
      isBlank = character == ' ' || character >= '\t' && character <= '\r';
      if (!isBlank) {
        line.append(wasBlank && line.length() > 0 ? " " : "").append(character);
      }
    }
    return escaped(line.toString());
  }

  /** Returns the text in one line of at most so many characters, and a sign where it was longer. */
  static String oneLine(String text, int longest) {
    String line = oneLine(text);
    if (line.length() <= longest) {
      return line;
    }
    boolean cutsPair = Character.isHighSurrogate(line.charAt(longest - 1));
    return line.substring(0, cutsPair ? longest - 1 : longest) + "…";
  }

  private static boolean mayNeedEscape(int unit) {
    return unit < ' ' || unit >= 0x7f;
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void escape(int unit, StringBuilder escaped) {
    escaped.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      escaped.append(HEX.charAt(unit >> shift & 0xf));
    }
  }
}
