package io.github.ppgtest.emulator;

/**
 * Escapes text from elsewhere (an API, a database, a file, an environment) for terminals and logs.
 * All output of logs, exceptions and commands passes through here.
 *
 * @since 0.1.0
 */
public final class PrintableText {
  private static final String HEX = "0123456789abcdef";

  private PrintableText() {}

  /**
   * Escapes control characters but line breaks and tabs, and characters that turn or hide others,
   * as Java and JSON do, for example {@code \}{@code u001b}.
   *
   * @param text not null
   * @return the text itself where nothing has to be escaped
   */
  public static String of(String text) {
    return escaped(text, true);
  }

  /**
   * Escapes line breaks and tabs too.
   *
   * @param text not null
   * @return one line
   */
  public static String line(String text) {
    return escaped(text, false);
  }

  private static String escaped(String text, boolean isOfLines) {
    if (text.chars().noneMatch(unit -> unit < ' ' || unit >= 0x7f)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int end = i + Character.charCount(character);
      if (isPlain(character) || isOfLines && isOfLines(character, text, end)) {
        escaped.appendCodePoint(character);
      } else {
        text.substring(i, end).chars().forEach(unit -> escape(unit, escaped));
      }
      i = end;
    }
    return escaped.toString();
  }

  private static boolean isOfLines(int character, String text, int end) {
    return character == '\n'
        || character == '\t'
        || character == '\r' && text.startsWith("\n", end);
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
