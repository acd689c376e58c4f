package io.github.ppgtest.expressions;

/** A text that counts how often one of its characters is looked at. */
final class CountedText implements CharSequence {
  private final String text;
  private long steps;

  CountedText(String text) {
    this.text = text;
  }

  long steps() {
    return steps;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    steps++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
