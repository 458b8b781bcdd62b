package dev.lakebed.policy;

import dev.lakebed.policy.LinearSearch.RunSearch;

/**
 * What stands between two stars of a pattern. All methods look at the text from {@code from} to
 * before {@code to}.
 */
interface Piece {
  /** The end of the match that begins at {@code from}, or -1. */
  int matchAt(String text, int from, int to);

  /** The end of the first match, or -1. */
  int find(String text, int from, int to);

  /** The begin of the match that ends at {@code to}, or -1. */
  int matchBefore(String text, int from, int to);

  /** No text of fewer characters matches. */
  int shortest();

  /** Steps for each character that {@link #find} looks at, at most. */
  int effort();

  record Exact(String literal) implements Piece {
    @Override
    public int matchAt(String text, int from, int to) {
      int end = from + literal.length();
      return end <= to && text.startsWith(literal, from) ? end : -1;
    }

    @Override
    public int find(String text, int from, int to) {
      if (LinearSearch.pays(literal.length(), to - from)) {
        return LinearSearch.find(literal, text, from, to);
      }
      int found = text.indexOf(literal, from, to);
      return found < 0 ? -1 : found + literal.length();
    }

    @Override
    public int matchBefore(String text, int from, int to) {
      int start = to - literal.length();
      return start >= from && text.startsWith(literal, start) ? start : -1;
    }

    @Override
    public int shortest() {
      return literal.length();
    }

    @Override
    public int effort() {
      return 2;
    }
  }

  /** Code points, of which {@link #ANY_ONE} stands for each. */
  final class Flexible implements Piece {
    static final int ANY_ONE = -1;

    private final int[] codePoints;

    Flexible(int... codePoints) {
      this.codePoints = codePoints.clone();
    }

    @Override
    public int matchAt(String text, int from, int to) {
      int at = from;
      for (int expected : codePoints) {
        if (at >= to) {
          return -1;
        }
        int c = text.codePointAt(at);
        if (expected != ANY_ONE && expected != c) {
          return -1;
        }
        at += Character.charCount(c);
      }
      return at;
    }

    @Override
    public int find(String text, int from, int to) {
      if (RunSearch.pays(codePoints.length, to - from)) {
        return RunSearch.find(codePoints, text, from, to);
      }
      int at = from;
      while (to - at >= codePoints.length) {
        int end = matchAt(text, at, to);
        if (end >= 0 || at == to) {
          return end;
        }
        at += Character.charCount(text.codePointAt(at));
      }
      return -1;
    }

    @Override
    public int matchBefore(String text, int from, int to) {
      int at = to;
      for (int i = 0; i < codePoints.length; i++) {
        if (at <= from) {
          return -1;
        }
        at -= Character.charCount(text.codePointBefore(at));
      }
      return at >= from && matchAt(text, at, to) == to ? at : -1;
    }

    @Override
    public int shortest() {
      return codePoints.length;
    }

    @Override
    public int effort() {
      return RunSearch.effort(codePoints.length);
    }
  }
}
