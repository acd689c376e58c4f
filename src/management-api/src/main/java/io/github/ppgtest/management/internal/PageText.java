package io.github.ppgtest.management.internal;

/** The words of an HTML page, for an excerpt. Each character is looked at once or twice. */
final class PageText {
  private static final String[] NOT_SHOWN = {"script", "style"};

  private PageText() {}

  /**
   * Returns the text without tags, scripts and styles; one that never ends is left out with the
   * rest.
   */
  static String of(String page) {
    if (page.indexOf('<') < 0) {
      return page;
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at >= 0 && at < page.length()) {
      int tag = page.indexOf('<', at);
      text.append(page, at, tag < 0 ? page.length() : tag).append(' ');
      at = tag < 0 ? -1 : behind(page, tag);
    }
    return text.toString();
  }

  /** Returns where the text goes on behind a tag; -1 where the tag never ends. */
  private static int behind(String page, int tag) {
    int from = tag;
    for (String name : NOT_SHOWN) {
      if (page.regionMatches(true, tag + 1, name, 0, name.length())) {
        from = close(page, name, tag);
      }
    }
    int end = from < 0 ? -1 : page.indexOf('>', from);
    return end < 0 ? -1 : end + 1;
  }

  /** Not by lower case, which takes quadratic time for some letters. */
  private static int close(String page, String name, int from) {
    int at = page.indexOf("</", from);
    while (at >= 0 && !page.regionMatches(true, at + 2, name, 0, name.length())) {
      at = page.indexOf("</", at + 2);
    }
    return at;
  }
}
